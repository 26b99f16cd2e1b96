import EngineAPI
import Training

extension Turn {
    /// Obeys a command or refuses it with a reason; the reply says which.
    mutating func obey(_ envelope: CommandEnvelope) {
        cause = envelope.id
        by = envelope.by
        defer { (cause, by) = (nil, "engine") }
        if let earlier = runtime.answered.first(where: { $0.id == envelope.id && !envelope.id.isEmpty }) {
            reply = earlier.reply
            return
        }
        obeyOnce(envelope)
        if let reply { runtime.remember(AnsweredCommand(id: envelope.id, reply: reply)) }
    }

    private mutating func obeyOnce(_ envelope: CommandEnvelope) {
        if runtime.isStopping {
            reply = .refused(message: "the engine is ending; start the program again")
            return
        }
        if policy.isReadOnly, envelope.command != .refresh {
            reply = .refused(message: "this is a read-only view; start without --read-only to change anything")
            return
        }
        if let changed = changedTarget(of: envelope) {
            reply = .refused(message: changed)
            return
        }
        switch envelope.command {
        case .train(let actors, let origin, let override): train(actors, origin: origin, override: override)
        case .cancel(let jobs): cancel(jobs)
        case .cancelAll: cancelAll()
        case .retry(let jobs): retry(jobs)
        case .hold: hold()
        case .resume: resume()
        case .setParallelism(let value): setParallelism(value)
        case .markGood(let actor, let version, let good): mark(GoodMark(actor: actor, version: version, good: good))
        case .resolve(let job, let outcome, let because): resolve(job, outcome, because: because)
        case .dismissPending(let actor): dismissPending(of: actor)
        case .refresh: refresh()
        }
    }

    /// An action belongs to what its sender saw: where the phase has changed since, it is refused.
    private func changedTarget(of envelope: CommandEnvelope) -> String? {
        guard let expected = envelope.expects else { return nil }
        let jobs: [JobID] =
            switch envelope.command {
            case .cancel(let jobs), .retry(let jobs): jobs
            case .resolve(let job, _, _): [job]
            default: []
            }
        for id in jobs {
            guard let phase = ledger[id]?.latest.phase.name, phase != expected else { continue }
            return "\(id) is \(phase.rawValue) now and not \(expected.rawValue) any more; look again"
        }
        return nil
    }

    private mutating func train(_ actors: [ActorID], origin: Job.Origin, override: Bool) {
        guard runtime.cast.asOf != nil else {
            reply = .refused(message: runtime.cast.fault ?? "the actors have not been read yet; try again in a moment")
            return
        }
        var queued: [JobID] = []
        var refusals: [String] = []
        for id in actors {
            guard let actor = runtime.cast.actors.first(where: { $0.id == id }) else {
                refusals.append("there is no actor \(id)")
                continue
            }
            let reasons = Eligibility.judge(actor, in: ledger).reasons.filter { !(override && $0.canBeOverridden) }
            guard reasons.isEmpty else {
                refusals.append("\(actor.name): \(reasons.map(\.text).joined(separator: ", "))")
                continue
            }
            let job = ledger.nextJob
            let wish = QueuedJob(actor: id, name: actor.name, origin: origin, isOverriding: override)
            emit(.jobQueued(wish), job: job, attempt: 1)
            queued.append(job)
        }
        reply = answer(queued, refusals, done: "queued")
    }

    private mutating func mark(_ mark: GoodMark) {
        guard !ledger.wantedMarks.contains(mark) else {
            reply = .refused(message: "\(mark.version) of actor \(mark.actor) is being marked already")
            return
        }
        emit(.markWanted(mark))
        reply = .accepted(message: "marking \(mark.version) of actor \(mark.actor)", jobs: [], isTold: true)
    }

    private mutating func retry(_ jobs: [JobID]) {
        var queued: [JobID] = []
        var refusals: [String] = []
        for id in jobs {
            guard let job = ledger[id] else {
                refusals.append("there is no job \(id)")
                continue
            }
            if let refusal = whyNoRetry(of: job) {
                refusals.append(refusal)
            } else {
                emit(.attemptQueued(QueuedAttempt(reason: "asked for")), job: id, attempt: job.attempts.count + 1)
                queued.append(id)
            }
        }
        reply = answer(queued, refusals, done: "queued again")
    }

    private func whyNoRetry(of job: Job) -> String? {
        guard let outcome = job.latest.outcome else {
            return job.latest.phase.name == .uncertain
                ? "\(job.id) is uncertain: resolve it first, so that nothing is paid twice" : "\(job.id) has not ended yet"
        }
        if outcome == .completed { return "\(job.id) has completed; train the actor again instead" }
        if let open = ledger.openAttempt(of: job.actor) { return "actor \(job.actor) is in training already (\(open.id.job))" }
        return nil
    }

    private func answer(_ jobs: [JobID], _ refusals: [String], done: String) -> Reply {
        answer(jobs, refusals, words: "\(jobs.map(\.description).joined(separator: ", ")) \(done)")
    }

    func answer(_ jobs: [JobID], _ refusals: [String], words: String) -> Reply {
        guard !jobs.isEmpty else { return .refused(message: refusals.joined(separator: "; ")) }
        let rest = refusals.isEmpty ? "" : "; not: " + refusals.joined(separator: "; ")
        return .accepted(message: words + rest, jobs: jobs, isTold: refusals.isEmpty)
    }
}
