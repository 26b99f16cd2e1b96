import Training
import TrainingPorts

/// When a training ended of which nobody saw the end: nothing is counted that nobody can vouch for.
extension Turn {
    /// What is known of the end of an attempt that ends now; nil where now is the end, or RunPod's own times tell it.
    func unwatchedEnd(of attempt: Attempt, _ outcome: Outcome) -> LastSign? {
        guard attempt.isAdopted || attempt.sendings > 0, ![.neverSubmitted, .rejected].contains(outcome),
            !isSubmissionOpen(attempt)
        else { return nil }
        if let observed = attempt.observed, observed.state.isFinal, observed.executionTime != nil, observed.delayTime != nil,
            (observed.retries ?? 0) == 0
        {
            return nil
        }
        let watched = runtime[watch: attempt.id].seenAt
        if attempt.observed?.state.isFinal == true, let watched, now - watched <= watchedWithin { return nil }
        // A wall clock that was put back over a restart makes of an earlier sighting no later one.
        let seen = min(now, [watched, attempt.seenAt, attempt.submittedAt].compactMap(\.self).max() ?? attempt.queuedAt)
        if let written = runtime[watch: attempt.id].stored?.lastModified, (seen...now).contains(written) {
            return LastSign(at: written, basis: .model)
        }
        return LastSign(at: seen, basis: .seen)
    }

    /// An end that was cancelled before its request left has its end now.
    private func isSubmissionOpen(_ attempt: Attempt) -> Bool {
        switch attempt.phase {
        case .queued, .preparing, .submitting: true
        default: false
        }
    }

    /// So long after a look that found it going on an end counts as seen: a poll, a second one that failed, and the looks for the model.
    private var watchedWithin: Seconds { policy.pollInterval * 2 + policy.modelInterval * Double(policy.modelLooks) }

    /// The engine ends in good order: it is recorded until when its trainings were seen going on.
    mutating func sayGoodbye() {
        for attempt in ledger.openAttempts {
            guard let seen = runtime[watch: attempt.id].seenAt, attempt.seenAt.map({ $0 < seen }) ?? true else { continue }
            emit(.attemptSeen(Sighting(at: seen)), for: attempt.id)
        }
        emit(.engineStopped)
    }
}
