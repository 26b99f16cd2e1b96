internal import ChanceTestSupport
import Synchronization
public import TrainingPorts

/// Chance for the program that is the same each time.
public final class SeededRandom: RandomSource {
    private let generator: Mutex<SplitMix64>

    public init(seed: UInt64) { generator = Mutex(SplitMix64(seed: seed)) }

    public func next() -> UInt64 { generator.withLock { $0.next() } }
}
