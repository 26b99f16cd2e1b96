/// What one attempt costs, from all sides; nil where something is not known, never 0 for that.
public struct Spending: Hashable, Sendable {
    /// What was expected before it started.
    public var estimated: Money?
    /// Until now, the start of the worker and runs that RunPod gave away again not counted.
    public var soFar: Money?
    /// What goes on top until the end.
    public var toFinish: ClosedRange<Money>?
    /// What a cancel now throws away: all that was spent, and the worker's last seconds.
    public var lostByCancelling: Money?
    /// After the end, from RunPod's own execution time.
    public var actual: Money?

    /// How long a worker goes on costing after its last job: an endpoint's idle timeout where it was not changed.
    public static let idleTimeout = Seconds.seconds(5)

    /// - Parameters:
    ///   - price: a worker's price for an hour: that of the GPU it really got, all its GPUs together; nil where not known.
    ///   - expected: how long it was expected to run, and at which price for an hour.
    ///   - ranFor: how long it has been on a worker; nil before that.
    ///   - left: what is left until its end.
    ///   - isFinal: it has ended, and `ranFor` is RunPod's own word.
    public init(
        price: Money?, expected: (duration: Seconds, price: Money)? = nil, ranFor: Seconds? = nil, left: TimeEstimate? = nil,
        isFinal: Bool = false
    ) {
        estimated = expected.map { $0.price.anHour(for: $0.duration) }
        guard let price else { return }
        soFar = ranFor.map(price.anHour(for:))
        if isFinal {
            actual = soFar
        } else {
            toFinish = left.map { price.anHour(for: $0.low)...price.anHour(for: $0.high) }
            lostByCancelling = ranFor.map { price.anHour(for: $0 + Spending.idleTimeout) }
        }
    }
}
