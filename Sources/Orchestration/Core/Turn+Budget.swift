import Training

extension Turn {
    /// Whether the budget lets another training be submitted; holds the queue with the reason where it does not.
    mutating func budgetAllows(_ attempt: Attempt) -> Bool {
        guard policy.budget != Budget() else { return true }
        let next = attempt.order.flatMap { _ in attempt.spending(at: now).estimated } ?? policy.typicalCost
        let verdict = policy.budget.judge(
            batch: ledger.batchCommitment(at: now), day: ledger.dayCommitment(at: now), next: next)
        switch verdict {
        case .fine: return true
        case .warns(let sentences):
            for sentence in sentences where runtime.budgetWarnings.insert(sentence).inserted { log(sentence, .warning) }
            return true
        case .blocks(let sentence):
            holdQueue(.budget, sentence)
            return false
        }
    }
}

extension Policy {
    /// What a training of 2,000 steps should cost, for one that has no order yet; nil where no price is known.
    fileprivate var typicalCost: Money? {
        Expectation(steps: 2000, pricePerSecond: pricePerSecond).cost.flatMap { Money(dollars: $0) }
    }
}
