import EngineAPI
import Training
import TrainingPorts

/// What was written for others is read back: a writer with a stale copy takes it away again without a word.
extension Turn {
    mutating func confirmBooks() {
        guard !policy.isReadOnly else { return }
        let actors = Dictionary(runtime.cast.actors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for attempt in ledger.jobs.flatMap(\.attempts) where attempt.order != nil || attempt.isAdopted {
            guard let actor = actors[attempt.actor], actor.fault == nil, isShown(attempt) else { continue }
            if attempt.bookkeeping.confirmed {
                checkClosed(attempt, actor)
            } else if attempt.phase.isDone {
                confirm(attempt, actor)
            } else {
                check(attempt, actor)
            }
        }
    }

    /// What was confirmed once may be deleted by whoever wants to. But no one means a version of ours that has ended to be pending again.
    private mutating func checkClosed(_ attempt: Attempt, _ actor: ActorProfile) {
        guard let id = attempt.versionID, actor.version(of: id)?.isOpen == true else { return }
        repair(attempt, .versionVanished)
    }

    /// Whether the reading was begun after all that was written for the attempt, and nothing is being written.
    private func isShown(_ attempt: Attempt) -> Bool {
        let watch = runtime[watch: attempt.id]
        guard !watch.isGivenUp, !isUnderWay(.version(attempt.id)), !isUnderWay(.record(attempt.id)) else { return false }
        return watch.bookedAt.map { written in runtime.castStarted.map { $0 >= written } ?? false } ?? true
    }

    private mutating func check(_ attempt: Attempt, _ actor: ActorProfile) {
        guard attempt.bookkeeping.versionSaved, let runpod = attempt.runpod, actor.version(of: runpod) == nil else { return }
        repair(attempt, .versionVanished)
    }

    private mutating func confirm(_ attempt: Attempt, _ actor: ActorProfile) {
        let books = attempt.bookkeeping
        var isWhole = true
        if let id = attempt.versionID {
            // Somebody else may have deleted his own version; without its parameters we cannot write it anew.
            let stands = actor.version(of: id).map { !$0.isOpen } ?? attempt.isAdopted
            if books.versionClosed, !stands { repair(attempt, .versionVanished) }
            isWhole = books.versionClosed && stands
        }
        if attempt.outcome == .completed, let model = attempt.model {
            let stands = actor.models.contains { $0.filename == model.fileName }
            if books.modelRecorded, !stands { repair(attempt, .modelVanished) }
            isWhole = isWhole && (books.modelRecorded ? stands : runtime[watch: attempt.id].isModelSettled)
        }
        if isWhole, isSettled(attempt) { emit(.booksConfirmed, for: attempt.id) }
    }

    /// A writer that had read before our write may still come: it counts for confirmed what stands there some minutes later.
    private func isSettled(_ attempt: Attempt) -> Bool {
        guard let written = runtime[watch: attempt.id].bookedAt else { return true }
        return runtime.castStarted.map { $0 - written >= policy.confirmationTime } ?? false
    }

    private mutating func repair(_ attempt: Attempt, _ event: Event) {
        runtime[watch: attempt.id].repairs += 1
        let repairs = runtime[watch: attempt.id].repairs
        guard repairs <= policy.repairLimit else {
            runtime[watch: attempt.id].isGivenUp = true
            log(
                "what is written for it vanishes again and again; see who else writes actor \(attempt.actor)", .alarm,
                for: attempt.id)
            return
        }
        emit(event, for: attempt.id)
        runtime[watch: attempt.id].bookDue = now + policy.pause(afterFailures: repairs)
    }
}

extension ActorProfile {
    func version(of job: RunPodID) -> VersionRecord? {
        versions.first { !$0.id.isEmpty && job.names(theSameJobAs: RunPodID($0.id)) }
    }
}
