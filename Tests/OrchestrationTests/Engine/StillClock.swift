import Synchronization
import Training
import TrainingPorts

/// A clock that moves only when it is told to; who sleeps until a time that has passed is not held up.
final class StillClock: EngineClock {
    private struct State {
        var now = Timestamp(milliseconds: 1_790_000_000_000)
        var nextID = 0
        var sleepers: [Int: (until: Timestamp, continuation: CheckedContinuation<Void, Never>)] = [:]
        var cancelled: Set<Int> = []
    }

    let scale = 1.0
    private let state = Mutex(State())

    func now() -> Timestamp { state.withLock(\.now) }
    var sleepers: Int { state.withLock(\.sleepers.count) }

    func sleep(until time: Timestamp) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isAwake = state.withLock { state in
                    if time <= state.now || state.cancelled.contains(id) { return true }
                    state.sleepers[id] = (time, continuation)
                    return false
                }
                if isAwake { continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(id)
                return state.sleepers.removeValue(forKey: id)
            }
            sleeper?.continuation.resume()
        }
    }

    func advance(by seconds: Double) {
        let awake = state.withLock { state in
            state.now = state.now + .seconds(seconds)
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in awake { continuation.resume() }
    }
}
