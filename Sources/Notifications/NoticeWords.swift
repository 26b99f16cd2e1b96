import EngineAPI
import Training
import TrainingPorts

/// Notices in words.
struct NoticeWords {
    private let isSimulation: Bool
    private let ledger: Ledger

    init(_ snapshot: Snapshot) {
        isSimulation = snapshot.source.isSimulation
        ledger = snapshot.ledger
    }

    private func marked(_ title: String) -> String { isSimulation ? "[simulation] \(title)" : title }

    func ended(_ kind: Notice.Kind, _ job: Job, _ ending: Ending, _ record: EventRecord) -> Notice {
        let version = record.attemptID.flatMap { ledger[$0]?.version }.map { " \($0)" } ?? ""
        let detail = [ending.reason, ending.model.map { "model at \($0.withoutQuery)" }].compactMap(\.self)
        return Notice(
            id: record.id, kind: kind, sequence: record.sequence, time: record.time,
            title: marked("\(job.actorName)\(version) \(ending.outcome.words)"),
            text: detail.isEmpty ? "\(job.id) has ended" : detail.joined(separator: "; "), job: job.id, actor: job.actorName,
            isSimulation: isSimulation)
    }

    func needsYou(_ record: EventRecord) -> Notice {
        let actor = record.job.flatMap { ledger[$0]?.actorName }
        let title = if case .queueHeld = record.event { "the queue is held" } else { "trainings need you" }
        return Notice(
            id: record.id, kind: .needsYou, sequence: record.sequence, time: record.time,
            title: marked(actor.map { "\($0) needs you" } ?? title), text: record.sentence, job: record.job,
            actor: actor, isSimulation: isSimulation)
    }

    func batchDone(_ jobs: [Job], _ last: EventRecord) -> Notice {
        var counts: [Outcome: Int] = [:]
        for outcome in jobs.compactMap(\.latest.outcome) { counts[outcome, default: 0] += 1 }
        let words = Outcome.allCases.compactMap { outcome in counts[outcome].map { "\($0) \(outcome.words)" } }
        return Notice(
            id: last.id + "-batch", kind: .batchDone, sequence: last.sequence, time: last.time,
            title: marked("all \(jobs.count) trainings have ended"), text: words.joined(separator: ", "), count: jobs.count,
            isSimulation: isSimulation)
    }

    /// Several notices in one, as urgent as the most urgent of them.
    static func summary(_ news: [News], afterAbsence: Bool) -> Notice? {
        let notices = news.map(\.notice)
        guard let last = notices.last else { return nil }
        let urgency: [Notice.Kind] = [.needsYou, .failed, .batchDone, .done]
        let kind = urgency.first { kind in notices.contains { $0.kind == kind } } ?? last.kind
        let when = afterAbsence ? "while nobody was watching: " : ""
        let mark = notices.contains(where: \.isSimulation) ? "[simulation] " : ""
        // The most urgent first; a mail of fifty lines is read by nobody.
        let ordered = urgency.flatMap { kind in notices.filter { $0.kind == kind } }
        var lines = ordered.prefix(10).map(NoticeWords.line)
        if ordered.count > 10 { lines.append("and \(ordered.count - 10) more") }
        return Notice(
            id: last.id + "-summary", kind: kind, sequence: notices.map(\.sequence).max() ?? last.sequence, time: last.time,
            title: "\(mark)\(when)\(NoticeWords.counts(news))", text: lines.joined(separator: "\n"),
            count: notices.count { $0.kind != .batchDone }, isSimulation: last.isSimulation)
    }

    /// What was cancelled has not failed: it is counted by itself.
    private static func counts(_ news: [News]) -> String {
        func count(_ kind: Notice.Kind) -> Int { news.count { $0.notice.kind == kind && $0.outcome != .cancelled } }
        let counts = [
            (count(.needsYou), "waiting for you"), (count(.failed), "failed"),
            (news.count { $0.outcome == .cancelled }, "cancelled"), (count(.done), "completed"),
        ]
        return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    /// Of what waits for the operator it says why; all else is told by its title.
    private static func line(_ notice: Notice) -> String {
        let title = notice.title.replacing("[simulation] ", with: "")
        guard notice.kind == .needsYou else { return title }
        return notice.job == nil ? notice.text : "\(title): \(notice.text)"
    }
}
