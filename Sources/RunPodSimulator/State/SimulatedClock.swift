import JSONText
public import Training

/// The one clock of a simulation: simulated time runs `scale` times as fast as real time, from an anchor at which both are known.
public struct SimulatedClock: Hashable, Sendable {
    /// What a scale may be.
    public static let scales = 0.01...1_000_000

    /// Simulated time at the anchor.
    public private(set) var epoch: Timestamp
    /// Real time at the anchor.
    public private(set) var realEpoch: Timestamp
    public private(set) var scale: Double

    public init(epoch: Timestamp, realEpoch: Timestamp, scale: Double) {
        self.epoch = epoch
        self.realEpoch = realEpoch
        self.scale = min(max(scale, SimulatedClock.scales.lowerBound), SimulatedClock.scales.upperBound)
    }

    public func now(real: Timestamp) -> Timestamp { epoch + (real - realEpoch) * scale }

    /// The real time at which a simulated one comes.
    public func real(of time: Timestamp) -> Timestamp { realEpoch + (time - epoch) * (1 / scale) }

    /// Another pace from now on, without a jump.
    public func rescaled(to scale: Double, real: Timestamp) -> SimulatedClock {
        SimulatedClock(epoch: now(real: real), realEpoch: real, scale: scale)
    }

    /// A jump ahead, for tests that do not want to wait.
    public func skipping(_ time: Seconds, real: Timestamp) -> SimulatedClock {
        SimulatedClock(epoch: now(real: real) + time, realEpoch: real, scale: scale)
    }

    var json: JSONValue {
        ["epoch": .integer(epoch.milliseconds), "real_epoch": .integer(realEpoch.milliseconds), "scale": .double(scale)]
    }

    init?(_ json: JSONValue) {
        guard let epoch = json["epoch"]?.int, let real = json["real_epoch"]?.int, let scale = json["scale"]?.double else {
            return nil
        }
        self.init(epoch: Timestamp(milliseconds: Int64(epoch)), realEpoch: Timestamp(milliseconds: Int64(real)), scale: scale)
    }
}
