/// What a worker should cost before it is known which GPU it gets.
public struct PriceOutlook: Hashable, Sendable {
    /// Where the price comes from.
    public enum Basis: Hashable, Sendable {
        /// The operator set it.
        case set
        /// The endpoint's pools, at RunPod's prices of that time; nil for the published ones.
        case pools(asOf: Timestamp?)
        /// Nothing is known of the endpoint: that of a 4090, as published.
        case standard
    }

    /// From the least to the most that a worker may cost an hour, all its GPUs together.
    public var range: ClosedRange<Money>
    /// Of the pool that the endpoint prefers.
    public var usual: Money
    /// What a worker with this GPU costs an hour, all its GPUs together; empty where the endpoint's pools are not known.
    public var gpus: [String: Money]
    public var basis: Basis

    /// One price for whatever comes.
    /// - Parameter perSecond: US dollars; nil where no price is known, and then there is no outlook.
    public init?(perSecond: Double?, isSet: Bool = false) {
        guard let price = perSecond.flatMap({ Money(dollars: $0 * 3600) }) else { return nil }
        (range, usual, gpus, basis) = (price...price, price, [:], isSet ? .set : .standard)
    }

    /// By the endpoint's pools; nil where none of them has a price.
    /// - Parameters:
    ///   - pools: in the order in which the endpoint prefers them (docs.runpod.io, serverless/endpoints/endpoint-configurations).
    ///   - count: GPUs of one worker.
    public init?(_ catalogue: PriceCatalogue, pools: [String], gpus count: Int) {
        let first = pools.lazy.compactMap { catalogue.range(ofPools: [$0], gpus: count) }.first
        guard let range = catalogue.range(ofPools: pools, gpus: count), let first else { return nil }
        let priced = catalogue.gpus.compactMap { gpu -> (String, Money)? in
            guard let pool = gpu.pool, pools.contains(pool), let price = gpu.perHour else { return nil }
            return (gpu.id, price * max(1, count))
        }
        (self.range, usual, basis) = (range, first.upperBound, .pools(asOf: catalogue.asOf))
        gpus = Dictionary(priced, uniquingKeysWith: max)
    }

    /// `at $1.12 an hour, as set`, `at $1.12–$1.22 an hour`.
    public var words: String {
        let price = range.lowerBound == range.upperBound ? "\(usual)" : "\(range.lowerBound)–\(range.upperBound)"
        return switch basis {
        case .set: "at \(price) an hour, as set"
        case .pools(let time?): "at \(price) an hour (\(time.minuteText))"
        case .pools(nil), .standard: "at \(price) an hour, as published on \(PriceCatalogue.publishedOn)"
        }
    }
}
