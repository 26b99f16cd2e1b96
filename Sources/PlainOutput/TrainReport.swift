public import EngineAPI
import TerminalUI
public import Training

/// Turns what happens to the jobs of one run of `train` into the script's lines, in the script's order.
public struct TrainReport: Sendable {
    private let jobs: [JobID]
    private var ledger: Ledger
    private var shown: [AttemptID: (text: String, minute: Int)] = [:]
    private var begun: [JobID: Int] = [:]
    /// Banners that wait for their training's next event: what is said of other actors while the engine starts belongs before them.
    private var heldBack: [JobID: [PlainLine]] = [:]

    /// - Parameter jobs: those of this run, in the order in which they were queued.
    public init(jobs: [JobID], ledger: Ledger) {
        self.jobs = jobs
        self.ledger = ledger
    }

    /// The lines for an update; most have none.
    public mutating func lines(for update: Update) -> [PlainLine] {
        switch update {
        case .fact(let record):
            ledger.apply(record)
            return lines(for: record)
        case .reading(.tick(let now)): return statusLines(at: now)
        case .reading(.log(let line)) where line.severity != .info: return [SeedScript.warning(line.text)]
        case .reading, .lagged: return []
        }
    }

    private mutating func lines(for record: EventRecord) -> [PlainLine] {
        if case .queueHeld(let hold) = record.event { return [SeedScript.warning("the queue is held: \(hold.reason)")] }
        guard let id = record.attemptID, jobs.contains(id.job), let job = ledger[id.job], let attempt = ledger[id] else {
            return []
        }
        if case .preparationStarted = record.event {
            if begun[job.id] == nil { heldBack[job.id] = begin(job) }
            return []
        }
        return (heldBack.removeValue(forKey: job.id) ?? []) + lines(for: record, of: attempt, job)
    }

    private mutating func lines(for record: EventRecord, of attempt: Attempt, _ job: Job) -> [PlainLine] {
        switch record.event {
        case .attemptPrepared(let order): return SeedScript.ordered(order)
        case .submissionIntended: return [SeedScript.sending]
        case .submissionAccepted(let acceptance): return SeedScript.started(acceptance.runpod)
        case .versionSaved:
            guard !attempt.phase.isDone else { return [] }
            return [SeedScript.versionSaved] + (attempt.order.map(SeedScript.expected) ?? [])
                + [SeedScript.monitoring(job.actorName)]
        case .statusObserved(let observation): return [status(observation.state.description, of: attempt, at: record.time)]
        case .submissionUncertain, .attemptEnded: return SeedScript.ended(attempt, of: name(of: attempt))
        case .preparationPaused(let pause), .submissionUnsent(let pause): return [SeedScript.warning(pause.reason)]
        default: return []
        }
    }

    /// Whose line it is, where others are under way and it could be theirs; else the script's line is left as it was.
    private func name(of attempt: Attempt) -> String? {
        let others = jobs.filter { $0 != attempt.id.job && begun[$0] != nil }.compactMap { ledger[$0]?.latest }
        return others.contains { !$0.phase.isDone && $0.phase.name != .queued } ? ledger[attempt.id.job]?.actorName : nil
    }

    private mutating func begin(_ job: Job) -> [PlainLine] {
        begun[job.id] = begun.count + 1
        return SeedScript.training(begun.count, of: jobs.count) + SeedScript.starting(job)
    }

    /// At least one line a minute for each training that goes on.
    private mutating func statusLines(at now: Timestamp) -> [PlainLine] {
        jobs.compactMap { ledger[$0]?.latest }.compactMap { attempt in
            guard let last = shown[attempt.id], !attempt.phase.isDone else { return nil }
            let minute = attempt.elapsed(at: now).wholeMinutes
            return minute > last.minute ? status(last.text, of: attempt, at: now) : nil
        }
    }

    private mutating func status(_ text: String, of attempt: Attempt, at now: Timestamp) -> PlainLine {
        let elapsed = attempt.elapsed(at: now)
        shown[attempt.id] = (text, elapsed.wholeMinutes)
        return SeedScript.status(text, after: elapsed, of: name(of: attempt))
    }
}
