import EngineAPI
import Training
import TrainingPorts

/// A notice, and how the training that it is about has ended; nil for anything else.
struct News {
    let notice: Notice
    var outcome: Outcome?
}

/// What has happened and is worth telling: takes events in, and gives notices out when it is asked, judged by how things stand then.
///
/// A failure that is tried again by itself, and a doubt that has cleared up meanwhile, are no news.
struct NoticeBook {
    private(set) var snapshot: Snapshot
    private var waiting: [EventRecord] = []
    /// How often in a row an attempt could not go on.
    private var setbacks: [AttemptID: Int] = [:]

    /// So many setbacks in a row mean that something is missing, and not that something hiccuped.
    static let patience = 3

    /// - Parameter mark: the number of the last event that was told of; what the journal has after it is still to be told.
    init(_ snapshot: Snapshot, after mark: Int) {
        self.snapshot = snapshot
        for record in snapshot.recentEvents where record.sequence > mark { note(record) }
    }

    /// The number of the newest event in here.
    var sequence: Int { snapshot.ledger.sequence }
    var hasNews: Bool { !waiting.isEmpty }

    mutating func take(_ update: Update) {
        if case .fact(let record) = update {
            // It may have come with a later snapshot already.
            guard record.sequence > sequence else { return }
            snapshot.take(update)
            note(record)
        } else {
            snapshot.take(update)
        }
    }

    /// Takes in a later snapshot, with the events that were missed.
    mutating func take(_ later: Snapshot) {
        let known = sequence
        snapshot = later
        for record in later.recentEvents where record.sequence > known { note(record) }
    }

    private mutating func note(_ record: EventRecord) {
        switch record.event {
        case .attemptEnded, .submissionUncertain: waiting.append(record)
        case .queueHeld(let hold) where hold.cause != .asked: waiting.append(record)
        case .noted(let note) where note.severity == .alarm: waiting.append(record)
        case .lateNews(let note) where note.severity == .alarm: waiting.append(record)
        case .preparationPaused, .submissionUnsent:
            guard let id = record.attemptID else { return }
            setbacks[id, default: 0] += 1
            if setbacks[id] == NoticeBook.patience { waiting.append(record) }
        case .submissionAccepted:
            if let id = record.attemptID { setbacks[id] = nil }
        default: break
        }
    }

    /// Everything that is to be told now; it is not given again.
    mutating func takeNews() -> [News] {
        defer { waiting = [] }
        var news = waiting.compactMap(news)
        if let last = waiting.last(where: { if case .attemptEnded = $0.event { true } else { false } }),
            let batch = batchNotice(last)
        {
            news.append(News(notice: batch))
        }
        return news
    }

    private func news(of record: EventRecord) -> News? {
        guard case .attemptEnded(let ending) = record.event else { return notice(for: record).map { News(notice: $0) } }
        return endNotice(ending, record).map { News(notice: $0, outcome: ending.outcome) }
    }

    private func notice(for record: EventRecord) -> Notice? {
        let attempt = record.attemptID.flatMap { snapshot.ledger[$0] }
        switch record.event {
        case .submissionUncertain:
            guard attempt?.phase.name == .uncertain else { return nil }
        case .queueHeld:
            guard snapshot.ledger.queue.hold != nil,
                record == waiting.last(where: { if case .queueHeld = $0.event { true } else { false } })
            else { return nil }
        case .preparationPaused, .submissionUnsent:
            guard let name = attempt?.phase.name, [.queued, .preparing, .submitting].contains(name) else { return nil }
        default: break
        }
        return NoticeWords(snapshot).needsYou(record)
    }

    private func endNotice(_ ending: Ending, _ record: EventRecord) -> Notice? {
        guard let job = record.job.flatMap({ snapshot.ledger[$0] }) else { return nil }
        let words = NoticeWords(snapshot)
        switch ending.outcome {
        case .completed: return words.ended(.done, job, ending, record)
        // Who asked for it knows.
        case .cancelled: return isOwnCancel(ending, record) ? nil : words.ended(.failed, job, ending, record)
        case .failed, .timedOut, .rejected, .neverSubmitted, .lost:
            return job.isDone && record.attemptID == job.latest.id ? words.ended(.failed, job, ending, record) : nil
        }
    }

    /// Whether it was cancelled from here: what RunPod has never had nobody else could cancel, and for the rest he was asked.
    private func isOwnCancel(_ ending: Ending, _ record: EventRecord) -> Bool {
        guard ending.reason != nil, let attempt = record.attemptID.flatMap({ snapshot.ledger[$0] }) else { return true }
        return attempt.cancelRequestedAt != nil || attempt.submittedAt == nil
    }

    /// The trainings that belong together: each was queued before the others had all ended.
    private func batchNotice(_ last: EventRecord) -> Notice? {
        guard snapshot.ledger.openAttempts.isEmpty else { return nil }
        var batch: [Job] = []
        var start: Timestamp?
        for job in snapshot.ledger.jobs.sorted(by: { ($0.latest.endedAt ?? last.time) > ($1.latest.endedAt ?? last.time) }) {
            if let start, let end = job.latest.endedAt, end < start { break }
            batch.append(job)
            start = min(start ?? job.attempts[0].queuedAt, job.attempts[0].queuedAt)
        }
        return batch.count < 2 ? nil : NoticeWords(snapshot).batchDone(batch, last)
    }
}
