import EngineAPI
import Training

extension Turn {
    /// Whether the budget lets another training be submitted; holds the queue with the reason where it does not.
    mutating func budgetAllows(_ attempt: Attempt) -> Bool {
        switch budgetVerdict(next: expectedCost(of: attempt)) {
        case .fine: return true
        case .warns(let sentences):
            for sentence in sentences where runtime.budgetWarnings.insert(sentence).inserted { log(sentence, .warning) }
            return true
        case .blocks(let sentence):
            holdQueue(.budget, sentence)
            return false
        }
    }

    /// The budget's word on one more training. What is being prepared is about to leave, and counts as if it had.
    func budgetVerdict(next: Money?) -> Budget.Verdict {
        guard policy.budget != Budget() else { return .fine }
        var (batch, day) = (ledger.batchCommitment(at: now), ledger.dayCommitment(at: now))
        for attempt in ledger.openAttempts where attempt.phase.name == .preparing && attempt.submittedAt == nil {
            let cost = expectedCost(of: attempt) ?? .zero
            batch.promised += cost
            day.promised += cost
        }
        return policy.budget.judge(batch: batch, day: day, next: next)
    }

    /// What the budget held goes on as soon as the budget allows it again: it was raised, another day has begun, or what runs turned out
    /// cheaper. A person's hold stays.
    mutating func liftBudgetHold() {
        guard ledger.queue.hold?.cause == .budget, let next = ledger.openAttempts.first(where: { $0.phase.name == .queued }),
            runtime.journalFault == nil, policy.submits, !policy.isReadOnly, !budgetVerdict(next: expectedCost(of: next)).blocks
        else { return }
        emit(.queueResumed)
    }

    /// By its order, else by the images that its actor has now.
    private func expectedCost(of attempt: Attempt) -> Money? {
        if attempt.order != nil { return attempt.spending(at: now).estimated }
        let images = runtime.cast.actors.first { $0.id == attempt.actor }?.images.onS3
        let steps = images.map { TrainingParameters.preset(images: $0, triggerToken: "").maxTrainSteps } ?? 2000
        return expectation(steps: steps).money
    }
}

extension Runtime {
    /// When a budget that holds the queue is looked at again: at the next midnight in UTC.
    func budgetDue(in ledger: Ledger, _ policy: Policy, after now: Timestamp) -> Timestamp? {
        guard ledger.queue.hold?.cause == .budget, policy.budget.day != nil,
            ledger.openAttempts.contains(where: { $0.phase.name == .queued })
        else { return nil }
        return Timestamp(milliseconds: (now.milliseconds / 86_400_000 + 1) * 86_400_000)
    }
}
