/// How much may be spent; nil is no limit.
///
/// What is promised counts, not only what is spent: trainings that run cannot be made cheaper by a limit that stops them too late.
public struct Budget: Hashable, Sendable {
    /// For the trainings of one batch, until its end.
    public var batch: Money?
    /// For one day in UTC.
    public var day: Money?

    public init(batch: Money? = nil, day: Money? = nil) {
        self.batch = batch
        self.day = day
    }

    /// The share of a limit from which on it warns, in hundredths.
    public static let warningPercent = 80

    /// What is spent or promised within a limit.
    public struct Commitment: Hashable, Sendable {
        public var spent: Money
        /// What running and submitted trainings will still cost, from their own estimates.
        public var promised: Money

        public init(spent: Money = .zero, promised: Money = .zero) {
            self.spent = spent
            self.promised = promised
        }

        public var total: Money { spent + promised }
    }

    /// What a budget says to one more training.
    public enum Verdict: Hashable, Sendable {
        case fine
        /// It may be submitted; each sentence names a limit that is nearly reached.
        case warns([String])
        /// Nothing new may be submitted; the sentence says which limit stands against it and what to do.
        case blocks(String)

        public var blocks: Bool { if case .blocks = self { true } else { false } }
    }

    /// Whether another training may be submitted.
    /// - Parameters:
    ///   - batch: of the current batch.
    ///   - day: since midnight in UTC.
    ///   - next: what the next training should cost; nil where no price is known: then only what is committed already can block.
    public func judge(batch: Commitment, day: Commitment, next: Money?) -> Verdict {
        let limits = [("batch", self.batch, batch), ("day", self.day, day)]
        var warnings: [String] = []
        for (name, limit, commitment) in limits {
            guard let limit else { continue }
            let after = commitment.total + (next ?? .zero)
            if commitment.total >= limit || after > limit {
                return .blocks(Budget.refusal(name, limit, commitment, next))
            }
            if after.microdollars >= limit.microdollars / 100 * Int64(Budget.warningPercent) {
                warnings.append("the budget of this \(name) is nearly used: \(after) of \(limit)")
            }
        }
        return warnings.isEmpty ? .fine : .warns(warnings)
    }

    private static func refusal(_ name: String, _ limit: Money, _ commitment: Commitment, _ next: Money?) -> String {
        let promised = commitment.promised > .zero ? " and \(commitment.promised) promised" : ""
        let wish = next.map { "; the next training should cost \($0)" } ?? ""
        return
            "the budget of this \(name) (\(limit)) allows no more: \(commitment.spent) spent\(promised)\(wish); raise it or wait"
    }
}
