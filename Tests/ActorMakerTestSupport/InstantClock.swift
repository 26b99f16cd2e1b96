import Synchronization

/// A clock on which no time is waited for: a sleep says how long it would have been, moves the clock, and ends.
public final class InstantClock: Clock, Sendable {
    public typealias Instant = ContinuousClock.Instant

    private let time = Mutex(ContinuousClock().now)
    private let onSleep: @Sendable (Duration) -> Void

    public init(onSleep: @escaping @Sendable (Duration) -> Void = { _ in }) { self.onSleep = onSleep }

    public var now: Instant { time.withLock { $0 } }
    public var minimumResolution: Duration { .zero }

    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let length = time.withLock { time in
            let length = time.duration(to: deadline)
            time = max(time, deadline)
            return length
        }
        onSleep(length)
        await Task.yield()
    }
}
