import Synchronization

/// Says from whatever thread that the run is to end. A task's own cancellation is no such sign for the engine: its inputs come from
/// other tasks.
final class EndingFlag: Sendable {
    private let flag = Mutex(false)

    var isSet: Bool { flag.withLock { $0 } }
    func set() { flag.withLock { $0 = true } }
}
