import EngineAPI
import Training
import TrainingPorts

/// Jobs that somebody else started and saved as pending: asked for, and where RunPod knows them watched like our own.
extension Turn {
    /// Takes from a reading of the cast which pending versions nobody here accounts for.
    mutating func noteForeignJobs() {
        runtime.foreign = runtime.cast.actors.flatMap { actor in
            actor.versions.filter { $0.isOpen && !$0.id.isEmpty && !ledger.knows(version: $0, of: actor.id) }
                .map { ForeignJob(actor: actor.id, name: actor.name, version: $0) }
        }
    }

    /// Asks for those that are due, a few at once. An actor whom we train is left alone until that has ended: one open attempt at most.
    mutating func askForForeignJobs() {
        guard !policy.isReadOnly, runtime.journalFault == nil else { return }
        for job in runtime.foreign where isAdoptable(job) && isForeignDue(job) {
            guard runtime.underWay.count(where: { if case .foreign = $0 { true } else { false } }) < policy.foreignAtOnce else {
                return
            }
            start(.askForeign(job.actor, job.runpod))
        }
    }

    private func isAdoptable(_ job: ForeignJob) -> Bool {
        ledger.openAttempt(of: job.actor) == nil && !ledger.knows(version: job.version, of: job.actor)
    }

    private func isForeignDue(_ job: ForeignJob) -> Bool {
        switch runtime.foreignDue[job.runpod] {
        case .at(let time): time <= now
        case .never: false
        case nil: true
        }
    }

    mutating func foreignRead(_ actor: ActorID, _ runpod: RunPodID, _ answer: StatusAnswer) {
        runtime.foreignDue[runpod] = .at(now + policy.surroundingsInterval)
        guard let job = runtime.foreign.first(where: { $0.actor == actor && $0.runpod == runpod }), isAdoptable(job) else {
            return
        }
        switch answer {
        case .known(let report): adopt(job, report)
        case .notFound:
            let isYoung = job.version.timestamp.map { now - $0 < policy.foreignGrace } ?? false
            guard !isYoung else { return }
            runtime.foreignDue[runpod] = .never
            log(
                "\(job.version.name) of \(job.name) is pending, and RunPod does not know its job \(runpod); dismiss it to train the actor",
                .warning)
        case .throttled(_, let retryAfter):
            runtime.foreignDue[runpod] = .at(now + policy.pause(askedFor: retryAfter ?? policy.firstPause))
        case .refused, .failed: runtime.foreignDue[runpod] = .at(now + policy.longestPause)
        }
    }

    private mutating func adopt(_ foreign: ForeignJob, _ report: JobReport) {
        let id = AttemptID(job: ledger.nextJob, number: 1)
        emit(.jobQueued(QueuedJob(actor: foreign.actor, name: foreign.name, origin: .adopted)), job: id.job, attempt: 1)
        emit(
            .attemptAdopted(
                Adoption(
                    runpod: foreign.runpod, versionName: foreign.version.name, startedAt: foreign.version.timestamp,
                    pricePerSecond: policy.pricePerSecond)),
            for: id)
        guard let attempt = ledger[id] else { return }
        known(report, of: attempt)
    }
}
