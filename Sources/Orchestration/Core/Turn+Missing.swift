import EngineAPI
import Training
import TrainingPorts

/// A job that RunPod does not know now: dropped with its result, deleted, or going on under another suffix. Taken for lost too early it
/// would be paid twice.
extension Turn {
    /// What it left behind decides; without that it is watched on until its times are over.
    mutating func judgeForgotten(_ attempt: Attempt, _ evidence: ModelEvidence) {
        let id = attempt.id
        let watch = runtime[watch: id]
        let isLastLook = watch.modelLooks >= policy.modelLooks && watch.notFound >= policy.notFoundLimit
        switch evidence {
        case .asOrdered(let stored): end(id, .completed, model: stored.location.description)
        case .useless(let fault): if isLastLook { end(id, .failed, reason: fault) }
        case .absent:
            guard isLastLook else { return }
            // The message on the attempt's own secret path is the only word on its end that there will ever be.
            if let (outcome, words) = attempt.webhook?.badEnd {
                end(id, outcome, reason: "RunPod's webhook said \(words); it knows the job no longer, and no model is there")
            } else {
                forgetInTime(attempt, "no model is there")
            }
        case .notChecked:
            // Nobody can look for the model; a list that others write, or the message that RunPod sent, may know its end all the same.
            if let address = listedModel(of: attempt) ?? deliveredModel(of: attempt) {
                believe(attempt, address: address)
            } else if isLastLook {
                forgetInTime(attempt, "nobody can look for its model: there is no access to the model store")
            } else {
                start(.readCast)
            }
        case .unreachable: break
        }
    }

    private mutating func forgetInTime(_ attempt: Attempt, _ model: String) {
        guard !mustHaveEnded(attempt) else { return forget(attempt, model) }
        runtime[watch: attempt.id].modelDue = now + policy.gonePollInterval
    }

    mutating func forget(_ attempt: Attempt, _ model: String) {
        let outcome = attempt.cancelRequestedAt == nil ? Outcome.lost : .cancelled
        end(attempt.id, outcome, reason: "RunPod knows it no longer, and \(model)")
    }

    /// Whether a job that RunPod does not know cannot be going on: its end was told, RunPod took a cancel of it, or RunPod can have dropped
    /// its result since it was last seen open, and its own limits are over. That a cancel was asked for proves nothing: under another
    /// suffix the job goes on, and RunPod knows as little of it to cancel as to tell.
    func mustHaveEnded(_ attempt: Attempt) -> Bool {
        if attempt.cancelTakenAt != nil || attempt.webhook?.state?.isFinal == true { return true }
        let begin = attempt.acceptedAt ?? attempt.queuedAt
        return now > max(lastSeen(attempt) + policy.resultRetention, attempt.limitsEnd ?? begin + policy.foreignLifetime)
    }

    /// Whether an attempt counts among those that may run at once.
    ///
    /// One that RunPod does not know any more may go on under another suffix, so it keeps its place for as long as a training takes, and
    /// half as long again. From then on it has most likely ended; it is watched on and its actor stays taken, so nothing is paid twice.
    /// Keeping the place until its limits are over would hold up a night's queue for hours (three times the training, or six hours and
    /// more of one that was never seen on a worker); giving it away at the first 404 would run more at once than was asked for
    /// wherever it does go on. At worst one more than that runs for a while. The same holds for one whose submission was not answered:
    /// it may have begun when the doubt was recorded.
    func takesPlace(_ attempt: Attempt) -> Bool {
        let isUncertain = attempt.phase.name == .uncertain
        guard attempt.phase.isInFlight || isUncertain, !isBlind(attempt) else { return false }
        guard attempt.isGone || isUncertain, let probableEnd = probableEnd(of: attempt) else { return true }
        return now <= probableEnd
    }

    /// From its start on a worker; where that was not seen, or it was given back to the queue, it can have begun right after RunPod last
    /// knew it. Nil where nobody knows how long it takes.
    private func probableEnd(of attempt: Attempt) -> Timestamp? {
        guard let duration = attempt.order?.expectation.duration else { return nil }
        return
            (attempt.dispatchedAt ?? max(lastSeen(attempt), attempt.phase.doubt == nil ? attempt.queuedAt : attempt.phase.since))
            + duration * 1.5
    }

    private func lastSeen(_ attempt: Attempt) -> Timestamp {
        let begin = attempt.acceptedAt ?? attempt.queuedAt
        return [runtime[watch: attempt.id].seenAt, attempt.seenAt].compactMap(\.self).reduce(begin, max)
    }

    /// The model's address where the actor's versions say that this job has completed.
    func listedModel(of attempt: Attempt) -> String? {
        guard let runpod = attempt.runpod else { return nil }
        let versions = runtime.cast.actors.first { $0.id == attempt.actor }?.versions ?? []
        return versions.first { $0.status == .completed && runpod.names(theSameJobAs: RunPodID($0.id)) }?.address
    }

    /// The model's address in a webhook that came on the attempt's own secret path. It could not be confirmed any more.
    func deliveredModel(of attempt: Attempt) -> String? {
        attempt.webhook?.state == .completed ? attempt.webhook?.address : nil
    }
}

extension WebhookNews {
    /// The end without a model that it tells of, and in which words.
    fileprivate var badEnd: (outcome: Outcome, words: String)? {
        guard let state else { return nil }
        let words = error.map { "\(state): \($0)" } ?? state.description
        return switch state {
        case .failed: (.failed, words)
        case .timedOut: (.timedOut, words)
        case .cancelled: (.cancelled, words)
        case .inQueue, .inProgress, .completed, .gone, .unknown: nil
        }
    }
}
