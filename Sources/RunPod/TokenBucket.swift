/// A limiter as a value. Time is a parameter: a length since any fixed instant, never going back.
///
/// The bucket holds half of the allowance and gets the other half over the window, so that no window of that length, wherever it
/// begins, sees more than the allowance. A full bucket of the whole allowance would let twice as much through.
public struct TokenBucket: Hashable, Sendable {
    private var capacity: Double
    private var perSecond: Double
    /// Below zero while calls wait for their turn.
    private var tokens: Double
    private var filledAt: Duration
    /// Nothing goes before this, whatever is in the bucket.
    private var closedUntil = Duration.zero

    /// - Parameters:
    ///   - calls: how many may go in `window`, 2 or more to have any burst at all.
    ///   - start: the time at which the bucket is full.
    public init(calls: Int, window: Duration, at start: Duration = .zero) {
        let half = Double(max(1, calls / 2))
        capacity = half
        perSecond = max(1, Double(calls) - half) / window.inSeconds
        tokens = half
        filledAt = start
    }

    /// Takes a place in the line.
    /// - Returns: how long the call must wait; nil, and no place is taken, where that is longer than `patience`.
    public mutating func reserve(at now: Duration, patience: Duration = .seconds(30)) -> Duration? {
        fill(at: now)
        let wait = max(closedUntil - now, tokens >= 1 ? Duration.zero : .seconds((1 - tokens) / perSecond))
        guard wait <= patience else { return nil }
        tokens -= 1
        return wait
    }

    /// How long nothing may go yet.
    func isClosed(at now: Duration) -> Duration? { closedUntil > now ? closedUntil - now : nil }

    mutating func close(until time: Duration) { closedUntil = max(closedUntil, time) }

    /// Takes a smaller allowance for the rest of its life; a larger one changes nothing.
    mutating func tighten(calls: Int, window: Duration) {
        let other = TokenBucket(calls: calls, window: window)
        capacity = min(capacity, other.capacity)
        perSecond = min(perSecond, other.perSecond)
        tokens = min(tokens, capacity)
    }

    /// Others have taken from the same allowance.
    mutating func keep(atMost calls: Int, at now: Duration) {
        fill(at: now)
        tokens = min(tokens, Double(calls))
    }

    private mutating func fill(at now: Duration) {
        guard now > filledAt else { return }
        tokens = min(capacity, tokens + (now - filledAt).inSeconds * perSecond)
        filledAt = now
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
