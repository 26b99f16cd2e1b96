extension Attempt {
    /// What its worker costs an hour: by the GPU it really got, before that by what was expected.
    public var pricePerHour: Money? { gpu?.perHour ?? expectedPerHour }

    private var expectedPerHour: Money? {
        (order?.expectation.pricePerSecond ?? adoption?.pricePerSecond).flatMap { Money(dollars: $0 * 3600) }
    }

    /// What it costs, from all sides. Runs that RunPod gave to another worker may have been billed too and are not in here.
    /// - Parameter left: what is left until its end, where that is known.
    public func spending(at now: Timestamp, left: TimeEstimate? = nil) -> Spending {
        let expected = order.flatMap { order in expectedPerHour.map { (duration: order.expectation.duration, price: $0) } }
        return Spending(
            price: pricePerHour, expected: expected, ranFor: trainingTime(at: now), left: left,
            isFinal: phase.isDone && finalExecutionTime != nil)
    }
}

extension Ledger {
    /// What open trainings on a worker burn an hour; nil where one of them has no price.
    public var burnPerHour: Money? {
        var total = Money.zero
        for attempt in openAttempts where attempt.startedAt != nil {
            guard let price = attempt.pricePerHour else { return nil }
            total += price
        }
        return total
    }

    /// What trainings have cost and will still cost. Attempts of others are theirs to pay.
    /// - Parameter isCounted: which attempts.
    public func commitment(at now: Timestamp, where isCounted: (Attempt) -> Bool) -> Budget.Commitment {
        var commitment = Budget.Commitment()
        // One that waits in the queue has cost nothing, also where a request for it was turned away before.
        let sent = jobs.lazy.flatMap(\.attempts).filter { $0.submittedAt != nil && $0.phase.name != .queued && !$0.isAdopted }
        for attempt in sent where isCounted(attempt) {
            let spending = attempt.spending(at: now)
            let spent = spending.actual ?? spending.soFar ?? .zero
            commitment.spent += spent
            if !attempt.phase.isDone, let estimated = spending.estimated, estimated > spent {
                commitment.promised += estimated - spent
            }
        }
        return commitment
    }

    /// Since midnight in UTC, by when they were submitted.
    public func dayCommitment(at now: Timestamp) -> Budget.Commitment {
        let day = now.milliseconds / 86_400_000
        return commitment(at: now) { $0.submittedAt.map { $0.milliseconds / 86_400_000 == day } ?? false }
    }

    /// Since the oldest job that is still open was queued: a batch is what was begun before all was done.
    public func batchCommitment(at now: Timestamp) -> Budget.Commitment {
        let start = jobs.filter { !$0.isDone }.compactMap { $0.attempts.first?.queuedAt }.min() ?? now
        return commitment(at: now) { $0.queuedAt >= start }
    }
}
