/// What the budgets have left and what a start would take of it, before it is asked for.
///
/// The engine judges each training anew when its turn comes; this tells the operator beforehand where that will end.
public struct BudgetOutlook: Hashable, Sendable {
    public var budget: Budget
    public var batch: Budget.Commitment
    public var day: Budget.Commitment

    public init(budget: Budget, batch: Budget.Commitment, day: Budget.Commitment) {
        self.budget = budget
        self.batch = batch
        self.day = day
    }

    /// How things stand now. What is queued and was not sent yet is promised, too: it goes before whatever is started next.
    /// - Parameter expecting: what a training that was not sent yet should cost; nil where no price is known.
    public init(_ budget: Budget, in ledger: Ledger, at now: Timestamp, expecting: (Attempt) -> Money?) {
        let waiting = ledger.openAttempts.filter { !$0.isAdopted && $0.submittedAt == nil }.compactMap(expecting).total
        var (batch, day) = (ledger.batchCommitment(at: now), ledger.dayCommitment(at: now))
        batch.promised += waiting
        day.promised += waiting
        self.init(budget: budget, batch: batch, day: day)
    }

    /// A line a limit: `Budget of this day: $1.50 of $2.00 left, this takes ≈ $1.05 ($0.40 spent, $0.10 promised)`.
    /// - Parameter costs: of each training that would be started; nil where no price is known.
    public func lines(taking costs: [Money?]) -> [String] {
        let known = costs.compactMap(\.self)
        let wish = costs.isEmpty ? "" : known.count < costs.count ? ", no price is known" : ", this takes ≈ \(known.total)"
        return limits.map { name, limit, commitment in
            let promised = commitment.promised > .zero ? ", \(commitment.promised) promised" : ""
            let left = max(.zero, limit - commitment.total)
            return "Budget of this \(name): \(left) of \(limit) left\(wish) (\(commitment.spent) spent\(promised))"
        }
    }

    /// What speaks against starting these trainings one after the other: an error where not even the first may be submitted, a warning
    /// where only some may, or where a limit is nearly reached.
    public func check(_ costs: [Money?]) -> [Finding] {
        var (batch, day) = (batch, day)
        var nearly: [String] = []
        for (place, cost) in costs.enumerated() {
            switch budget.judge(batch: batch, day: day, next: cost) {
            case .fine: break
            case .warns(let sentences): nearly = sentences
            case .blocks(let sentence) where place == 0:
                return [Finding(.error, "budget", sentence, isRefusal: true)]
            case .blocks(let sentence):
                let words = "the budget lets only \(place) of these \(costs.count) trainings start: \(sentence)"
                return [.warning("budget", words, remedy: "the queue is held there")]
            }
            batch.promised += cost ?? .zero
            day.promised += cost ?? .zero
        }
        return nearly.map { .warning("budget", $0, remedy: "the queue is held when it is used") }
    }

    private var limits: [(String, Money, Budget.Commitment)] {
        [("batch", budget.batch, batch), ("day", budget.day, day)].compactMap { name, limit, commitment in
            limit.map { (name, $0, commitment) }
        }
    }
}
