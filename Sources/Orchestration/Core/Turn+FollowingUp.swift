import Training

extension Turn {
    /// What a failure leads to: a hold where it is the second of its kind, another try where that may help. In that order: the try that
    /// the breaker holds back waits for the operator.
    mutating func followUp(_ id: AttemptID) {
        guard let attempt = ledger[id], let ending = attempt.phase.ending, FailureKind(of: attempt) != nil, !attempt.isAdopted
        else { return }
        tripBreaker()
        if mayTryAgain(attempt, ending) { tryAgain(attempt, ending) }
    }

    private mutating func tripBreaker() {
        guard let streak = ledger.queue.streak, streak.count >= 2 else { return }
        holdQueue(.failures, "\(streak.count) trainings in a row failed in the same way: \(streak.kind.suspicion)")
    }

    /// Only the newest attempt of a job that nobody wanted stopped, only so often, and never before its model was looked for.
    func mayTryAgain(_ attempt: Attempt, _ ending: Ending) -> Bool {
        guard let kind = FailureKind(of: attempt, ending: ending), kind.canBeMendedByRetrying, !attempt.isAdopted,
            attempt.cancelRequestedAt == nil, !policy.isReadOnly, let job = ledger[attempt.id.job], job.latest.id == attempt.id,
            [nil, attempt.id].contains(ledger.openAttempt(of: job.actor)?.id)
        else { return false }
        guard !attempt.phase.isDone || runtime[watch: attempt.id].wasLookedFor else { return false }
        return job.attempts.count(where: \.isAutomaticRetry) < policy.automaticRetries
    }

    private mutating func tryAgain(_ attempt: Attempt, _ ending: Ending) {
        guard let job = ledger[attempt.id.job] else { return }
        var pause = policy.firstRetryPause
        for _ in 0..<job.attempts.count(where: \.isAutomaticRetry) { pause = pause * 5 }
        let reason = "again by itself: \(ending.reason ?? ending.outcome.words)"
        emit(
            .attemptQueued(QueuedAttempt(reason: reason, notBefore: now + pause, isAutomatic: true)), job: job.id,
            attempt: job.attempts.count + 1)
    }
}
