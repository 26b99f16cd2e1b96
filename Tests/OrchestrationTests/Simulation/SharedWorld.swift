import Synchronization

/// The world, for one thread at a time.
final class SharedWorld: Sendable {
    private let world: Mutex<World>

    init(seed: UInt64, mutant: Mutant?, isTracing: Bool) {
        world = Mutex(World(seed: seed, mutant: mutant, isTracing: isTracing, isAroundActors: true))
    }

    func with<Result: Sendable>(_ body: (World) -> Result) -> Result { world.withLock { body($0) } }
}
