import EngineAPI
import Training

extension Turn {
    mutating func hold() {
        guard ledger.queue.hold == nil else {
            reply = .refused(message: "the queue is held already")
            return
        }
        emit(.queueHeld(Hold(cause: .asked, reason: "held by the operator")))
        reply = .accepted(message: "the queue is held: what runs goes on, nothing new is submitted", jobs: [], isTold: true)
    }

    mutating func resume() {
        guard ledger.queue.hold != nil else {
            reply = .refused(message: "the queue is not held")
            return
        }
        emit(.queueResumed)
        reply = .accepted(message: "the queue moves again", jobs: [], isTold: true)
    }

    mutating func setParallelism(_ value: Int) {
        guard (1...100).contains(value) else {
            reply = .refused(message: "between 1 and 100 trainings may run at once, not \(value)")
            return
        }
        let isNew = value != ledger.queue.parallelism
        if isNew { emit(.parallelismSet(ParallelismSetting(value: value))) }
        reply = .accepted(message: "\(value) training\(value == 1 ? "" : "s") may run at once", jobs: [], isTold: isNew)
    }

    /// Ends an attempt that is uncertain, or that RunPod does not know now, by the operator's word; the reason is kept with it.
    mutating func resolve(_ job: JobID, _ outcome: Outcome, because: String) {
        guard let attempt = ledger[job]?.latest else {
            reply = .refused(message: "there is no job \(job)")
            return
        }
        if attempt.phase.name == .verifying, !isBlind(attempt) {
            reply = .refused(message: "\(job) has finished at RunPod, and its model is being looked for; wait a little")
            return
        }
        guard attempt.canBeResolved else {
            reply = .refused(
                message:
                    "\(job) is \(attempt.phase.name.rawValue); only a job that is uncertain, unknown to RunPod or without a word from the store can be resolved by hand"
            )
            return
        }
        guard attempt.phase.name == .uncertain || outcome != .neverSubmitted else {
            reply = .refused(message: "RunPod had accepted \(job); resolve it as completed or failed")
            return
        }
        guard [.completed, .failed, .neverSubmitted].contains(outcome), !because.isEmpty else {
            reply = .refused(message: "resolve it as completed, failed or never-submitted, and say why")
            return
        }
        end(attempt.id, outcome, reason: "resolved by hand: \(because)")
        reply = .accepted(message: "\(job) is resolved as \(outcome.rawValue)", jobs: [job], isTold: true)
    }

    mutating func dismissPending(of id: ActorID) {
        guard let actor = runtime.cast.actors.first(where: { $0.id == id }) else {
            reply = .refused(message: "there is no actor \(id)")
            return
        }
        let pending = actor.versions.filter { $0.isOpen && !ledger.knows(version: $0, of: id) }
        guard !pending.isEmpty else {
            reply = .refused(message: "actor \(id) has no pending version of somebody else's")
            return
        }
        for version in pending {
            emit(.versionDismissed(Dismissal(actor: id, version: version.id.isEmpty ? version.name : version.id)))
        }
        reply = .accepted(
            message: "\(pending.map(\.name).joined(separator: ", ")) of actor \(id) dismissed", jobs: [], isTold: true)
    }

    mutating func refresh() {
        // One that is under way may have begun before what the operator wants to see.
        if !start(.readCast) { runtime.isCastWanted = true }
        start(.readHealth)
        for attempt in ledger.openAttempts { runtime[watch: attempt.id].pollDue = now }
        runtime.foreignDue = [:]
        reply = .accepted(message: "reading everything anew", jobs: [])
    }
}
