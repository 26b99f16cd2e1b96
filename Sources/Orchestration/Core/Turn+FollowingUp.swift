import Training

extension Turn {
    /// What a failure leads to: a hold where it is the second of its kind, another try where that may help. In that order: the try that
    /// the breaker holds back waits for the operator.
    mutating func followUp(_ id: AttemptID) {
        guard let attempt = ledger[id], let kind = FailureKind(of: attempt), !attempt.isAdopted else { return }
        tripBreaker()
        tryAgain(attempt, after: kind)
    }

    private mutating func tripBreaker() {
        guard let streak = ledger.queue.streak, streak.count >= 2 else { return }
        holdQueue(.failures, "\(streak.count) trainings in a row failed in the same way: \(streak.kind.suspicion)")
    }

    /// Only the newest attempt of a job that nobody wanted stopped, and only so often.
    private mutating func tryAgain(_ attempt: Attempt, after kind: FailureKind) {
        guard kind.canBeMendedByRetrying, attempt.cancelRequestedAt == nil, !policy.isReadOnly,
            let job = ledger[attempt.id.job], job.latest.id == attempt.id, ledger.openAttempt(of: job.actor) == nil
        else { return }
        let tries = job.attempts.count(where: \.isAutomaticRetry)
        guard tries < policy.automaticRetries else { return }
        var pause = policy.firstRetryPause
        for _ in 0..<tries { pause = pause * 5 }
        let reason = "again by itself: \(attempt.phase.ending?.reason ?? kind.suspicion)"
        emit(
            .attemptQueued(QueuedAttempt(reason: reason, notBefore: now + pause, isAutomatic: true)), job: job.id,
            attempt: job.attempts.count + 1)
    }
}
