import Foundation
import Training

/// Wall time at the start plus what a continuous clock has counted since: a wall clock that is set moves nothing within a run.
struct RealTime: Sendable {
    private let wall = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    private let start = ContinuousClock.now

    var now: Timestamp {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Timestamp(milliseconds: wall.milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
