public import Training

extension Turn {
    /// Asks for all that is due, whatever the input was. Level-triggered: it looks at how things stand and not at how they came to be,
    /// so that a lost effect, a restart and a sleep of hours all mend in the same way.
    mutating func advance() {
        guard !runtime.isStopping else { return }
        fillPlaces()
        for attempt in ledger.jobs.flatMap(\.attempts) {
            switch attempt.phase {
            case .queued, .submitting: break
            case .preparing: prepare(attempt)
            case .uncertain: lookForModel(of: attempt)
            case .waiting, .training, .cancelling:
                keepBooks(of: attempt)
                keepCancelling(attempt)
                poll(attempt)
            case .verifying:
                keepBooks(of: attempt)
                lookForModel(of: attempt)
            case .done: keepBooks(of: attempt)
            }
        }
        askForForeignJobs()
        readSurroundings()
    }

    func isDue(_ time: Timestamp?) -> Bool { time.map { $0 <= now } ?? true }

    private var maySpend: Bool {
        ledger.queue.hold == nil && runtime.journalFault == nil && policy.submits && !policy.isReadOnly
    }

    /// Starts queued jobs while there are free places. What has an order already is prepared anew all the same: while it waited,
    /// somebody else may have trained the actor. Others' jobs take no place of ours.
    private mutating func fillPlaces() {
        guard maySpend else { return }
        var free = ledger.queue.parallelism - ledger.openAttempts.count { $0.phase.isInFlight && !$0.isAdopted }
        for attempt in ledger.openAttempts where free > 0 {
            guard case .queued(_, let notBefore) = attempt.phase, isOver(notBefore) else { continue }
            free -= 1
            emit(.preparationStarted, for: attempt.id)
            start(.prepare(attempt.id, attempt.actor))
        }
    }

    /// A pause that ends further ahead than any pause may last was written under a clock that was wrong.
    private func isOver(_ pause: Timestamp?) -> Bool {
        isDue(pause) || pause.map { $0 - now > policy.longestWait } ?? true
    }

    /// The preparation whose result could not be recorded begins again.
    private mutating func prepare(_ attempt: Attempt) {
        guard runtime.journalFault == nil, !policy.isReadOnly else { return }
        start(.prepare(attempt.id, attempt.actor))
    }

    private func needsCast(at time: Timestamp) -> Bool { ledger.needsCast(at: time, runtime, policy) }

    /// Cast and endpoint are read again only while something runs: with nothing open there is no clock and no polling.
    private mutating func readSurroundings() {
        if runtime.isCastWanted { start(.readCast) }
        if needsCast(at: now), let due = runtime.castDue, due <= now { start(.readCast) }
        guard ledger.openAttempts.contains(where: { $0.phase.isInFlight }) else { return }
        if let due = runtime.healthDue, due <= now { start(.readHealth) }
    }
}

extension Ledger {
    /// While something runs, somebody else's training must be seen within one poll; and what was just written for an attempt that has
    /// ended is read back, for a while.
    func needsCast(at time: Timestamp, _ runtime: Runtime, _ policy: Policy) -> Bool {
        jobs.lazy.flatMap(\.attempts).contains { attempt in
            if attempt.phase.isInFlight { return true }
            guard attempt.phase.isDone, !attempt.bookkeeping.confirmed, let written = runtime[watch: attempt.id].bookedAt else {
                return false
            }
            return time - written < policy.confirmationTime
        }
    }
}

extension EngineCore {
    /// When the core wants to be asked next, if nothing else comes before; nil when it waits for answers or for the operator only.
    /// What is due at `now` was started by the turn that has just ended, so only later times count.
    public func deadline(after now: Timestamp) -> Timestamp? {
        guard !runtime.isStopping else { return nil }
        var times = ledger.jobs.flatMap(\.attempts).flatMap(dueTimes) + surroundingsDue
        if let due = runtime.journalDue { times.append(due) }
        return times.filter { $0 > now }.min()
    }

    private var surroundingsDue: [Timestamp] {
        foreignDue + readingsDue
    }

    private var foreignDue: [Timestamp] {
        runtime.foreign.compactMap { if case .at(let time) = runtime.foreignDue[$0.runpod] { time } else { nil } }
    }

    private var readingsDue: [Timestamp] {
        let isSomethingRunning = ledger.openAttempts.contains { $0.phase.isInFlight }
        let castDue = runtime.castDue.flatMap { ledger.needsCast(at: $0, runtime, policy) ? $0 : nil }
        return [castDue, isSomethingRunning ? runtime.healthDue : nil].compactMap { $0 }
    }

    private func dueTimes(of attempt: Attempt) -> [Timestamp] {
        let watch = runtime[watch: attempt.id]
        let times: [Timestamp?] =
            switch attempt.phase {
            case .queued(_, let notBefore): [notBefore]
            case .preparing, .submitting: []
            case .uncertain: [watch.modelDue]
            case .waiting, .training: [watch.isGone ? watch.modelDue : watch.pollDue, watch.bookDue]
            case .cancelling: [watch.isGone ? watch.modelDue : watch.pollDue, watch.bookDue, watch.cancelDue]
            case .verifying: [watch.modelDue, watch.bookDue]
            case .done: [watch.bookDue]
            }
        return times.compactMap { $0 }
    }
}
