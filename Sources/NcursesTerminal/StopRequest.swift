internal import Synchronization

/// Says from any thread that the loop is to end.
final class StopRequest: Sendable {
    let wakeUp: WakeUp
    private let isRequestedFlag = Atomic(false)

    init() throws(TerminalError) {
        wakeUp = try WakeUp()
    }

    var isRequested: Bool { isRequestedFlag.load(ordering: .acquiring) }

    func request() {
        isRequestedFlag.store(true, ordering: .releasing)
        wakeUp.wake()
    }
}
