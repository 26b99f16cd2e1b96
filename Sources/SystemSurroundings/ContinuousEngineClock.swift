import Foundation
import Synchronization
public import Training
public import TrainingPorts

/// The engine's clock on a real machine: a time at the start plus what the continuous clock has counted since, times the scale.
///
/// The continuous clock goes on while the machine sleeps and never jumps, so a wall clock that is set anew changes no order and no
/// duration; the wall is read once.
public struct ContinuousEngineClock: EngineClock {
    public let scale: Double
    private let start: Timestamp
    private let anchor: ContinuousClock.Instant
    private let leaps = Leaps()

    /// - Parameters:
    ///   - start: the engine's time now: the wall's, or a simulator's own where the engine follows one.
    ///   - scale: how many engine seconds pass in a real one; above 0.
    public init(startingAt start: Timestamp, scale: Double = 1) {
        precondition(scale.isFinite && scale > 0, "a clock that stands still or runs backwards has no times to wait for")
        self.start = start
        self.scale = scale
        anchor = .now
    }

    /// A clock that starts at the wall's time.
    public static func wall(scale: Double = 1) -> ContinuousEngineClock {
        let milliseconds = (Date().timeIntervalSince1970 * 1000).rounded()
        return ContinuousEngineClock(startingAt: Timestamp(milliseconds: Int64(milliseconds)), scale: scale)
    }

    public func now() -> Timestamp {
        let elapsed = anchor.duration(to: .now) / .milliseconds(1)
        return Timestamp(milliseconds: start.milliseconds + leaps.total + Int64((elapsed * scale).rounded(.down)))
    }

    /// Goes ahead at once, as it does while the machine sleeps: for the demo. Who sleeps already is not woken sooner, so what falls due
    /// in the leap is done when the next one wakes.
    public func leap(by duration: Seconds) { leaps.add(duration.milliseconds) }

    public func sleep(until time: Timestamp) async {
        let wait = (Double((time - start).milliseconds - leaps.total) / 1000) / scale
        // A year is as good as for ever, and a longer one could overflow the clock.
        let bounded = min(max(wait, 0), 365 * 86_400)
        // Cancelled: the caller looks at the time itself.
        try? await Task.sleep(until: anchor + .seconds(bounded), clock: .continuous)
    }
}

/// Shared by all copies of a clock, in milliseconds.
private final class Leaps: Sendable {
    private let sum = Mutex<Int64>(0)

    var total: Int64 { sum.withLock { $0 } }

    func add(_ milliseconds: Int64) { sum.withLock { $0 += milliseconds } }
}
