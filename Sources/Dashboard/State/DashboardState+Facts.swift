import EngineAPI
import Training

/// What comes from the engine.
extension DashboardState {
    mutating func attach(_ snapshot: Snapshot) -> [DashboardEffect] {
        let last = ledger.sequence
        let missed = snapshot.ledger.sequence - last
        now = snapshot.now
        ledger = snapshot.ledger
        source = snapshot.source
        progress = snapshot.progress
        checks = snapshot.checks
        let wasLost = connection != .live
        // Replies to what was sent to a lost engine will not come any more; the facts tell what became of it.
        if case .lost = connection { pending = [:] }
        wishedParallelism = nil
        connection = .live
        takeReadings(of: snapshot)
        appendNews(of: snapshot, after: last)
        if wasLost, missed > 0 { say("The engine is back; \(counted(missed, "event")) meanwhile.", logged: false) }
        return []
    }

    mutating func takeReadings(of snapshot: Snapshot) {
        takeCast(snapshot.cast)
        health = snapshot.health
        route = snapshot.route
        account = snapshot.account
        prices = snapshot.prices
        journalFault = snapshot.journalFault
        now = [castAsOf, health?.asOf, route?.asOf, account?.asOf].compactMap(\.self).reduce(now, max)
        takeTrainings()
    }

    /// While the pane has the keys, or the log goes with its selection, the cursor stays where the operator has it; otherwise it rests on
    /// an open training, so that those are in view and not what ended long ago.
    mutating func takeTrainings() {
        trainings.take(ledger, height: rows(of: .trainings))
        if focus != .trainings, !isNarrowed { trainings.rest(in: ledger, height: rows(of: .trainings)) }
        followSelection()
    }

    private mutating func takeCast(_ cast: CastReading) {
        castAsOf = cast.asOf
        castFault = cast.fault
        actors.take(cast.actors, ledger: ledger, height: rows(of: .actors))
    }

    /// Puts the snapshot's news into the log, by time, without what is in there already.
    mutating func appendNews(of snapshot: Snapshot, after last: Int?) {
        let height = rows(of: .log)
        let newest = log.entries.last?.time
        var events = snapshot.recentEvents.filter { $0.sequence > last ?? 0 }[...]
        var lines = snapshot.recentLines.filter { line in newest.map { line.time > $0 } ?? true }[...]
        if let last, let first = events.first?.sequence, first > last + 1 {
            log.append(
                now, .warning, "\(counted(first - last - 1, "event")) are in the journal and not shown here", height: height)
        }
        while let event = events.first {
            if let line = lines.first, line.time < event.time {
                log.append(line, height: height)
                lines.removeFirst()
            } else {
                log.append(event, height: height)
                events.removeFirst()
            }
        }
        for line in lines { log.append(line, height: height) }
    }

    mutating func take(_ update: Update) -> [DashboardEffect] {
        switch update {
        case .lagged: return attachAgain()
        case .fact(let record): return take(record)
        case .reading(let reading):
            take(reading)
            return []
        }
    }

    private mutating func attachAgain() -> [DashboardEffect] {
        guard connection == .live else { return [] }
        connection = .stale
        return [.attachAgain]
    }

    private mutating func take(_ record: EventRecord) -> [DashboardEffect] {
        guard connection == .live, record.sequence > ledger.sequence else { return [] }
        // A hole in the numbers would make every later state wrong.
        guard record.sequence == ledger.sequence + 1 else { return attachAgain() }
        ledger.apply(record)
        now = max(now, record.time)
        log.append(record, height: rows(of: .log))
        if case .attemptEnded = record.event, let attempt = record.attemptID { forget(attempt) }
        if case .parallelismSet(let setting) = record.event, setting.value == wishedParallelism { wishedParallelism = nil }
        refresh(after: record)
        return []
    }

    /// An ended attempt is not asked for any more, and its last step says nothing.
    private mutating func forget(_ attempt: AttemptID) {
        progress[attempt] = nil
        checks[attempt] = nil
    }

    /// Works out anew only what the event is about.
    private mutating func refresh(after record: EventRecord) {
        if let job = record.job {
            takeTrainings()
            if let actor = ledger[job]?.actor { actors.rejudge(actor, ledger: ledger, height: rows(of: .actors)) }
        } else if case .versionDismissed(let dismissal) = record.event {
            actors.rejudge(dismissal.actor, ledger: ledger, height: rows(of: .actors))
        }
    }

    private mutating func take(_ reading: Reading) {
        // No age on the screen is younger than the clock beside it.
        if let time = reading.time { now = max(now, time) }
        switch reading {
        case .tick(let time): if message?.isOver(at: time, scale: source.timeScale) == true { message = nil }
        case .cast(let cast): takeCast(cast)
        case .health(let reading): health = reading
        case .route(let reading): route = reading
        case .account(let reading): account = reading
        case .prices(let outlook): prices = outlook
        case .progress(let attempt, let reading): progress[attempt] = reading
        case .checked(let attempt, let reading): checks[attempt] = reading
        case .journal(let fault): journalFault = fault
        case .log(let line): log.append(line, height: rows(of: .log))
        }
    }

    mutating func take(_ reply: Reply, to id: String) {
        let asked = pending.removeValue(forKey: id)
        switch reply {
        case .accepted(let message, _, let isTold): say(message, logged: !isTold)
        case .refused(let message):
            wishedParallelism = nil
            say("\(asked.map { "\($0) was refused" } ?? "Refused"): \(message)", .warning)
        }
    }
}
