import Synchronization
public import Training
public import TrainingPorts

/// A clock that stands still until it is moved by hand. Who sleeps is woken in the order of the deadlines.
public final class ManualClock: EngineClock {
    private struct Sleeper {
        let id: Int
        let deadline: Timestamp
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Timestamp
        var nextID = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

        /// Takes out those who wait for as many sleepers as there are now.
        mutating func satisfiedWatchers() -> [CheckedContinuation<Void, Never>] {
            let satisfied = watchers.filter { $0.count <= sleepers.count }
            watchers.removeAll { $0.count <= sleepers.count }
            return satisfied.map(\.continuation)
        }
    }

    public let scale: Double
    private let state: Mutex<State>

    public init(_ now: Timestamp = .sample, scale: Double = 1) {
        self.scale = scale
        state = Mutex(State(now: now))
    }

    public func now() -> Timestamp { state.withLock(\.now) }

    /// How many sleep now.
    public var sleepers: Int { state.withLock(\.sleepers.count) }

    /// The nearest time at which somebody wants to wake; nil where nobody sleeps.
    public var nextDeadline: Timestamp? { state.withLock { $0.sleepers.map(\.deadline).min() } }

    public func sleep(until time: Timestamp) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let woken = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    guard time > state.now, state.cancelled.remove(id) == nil else { return [continuation] }
                    state.sleepers.append(Sleeper(id: id, deadline: time, continuation: continuation))
                    return state.satisfiedWatchers()
                }
                for continuation in woken { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    // It has not lain down yet, and must not.
                    state.cancelled.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: index).continuation
            }
            continuation?.resume()
        }
    }

    /// Moves the time on, deadline by deadline. A wall clock that jumps back is no time here: an earlier time changes nothing.
    public func advance(to time: Timestamp) {
        while let sleeper = wakeNext(until: time) { sleeper.resume() }
        state.withLock { $0.now = max($0.now, time) }
    }

    public func advance(by time: Seconds) { advance(to: now() + time) }

    /// Returns once so many sleep at the same time; at once where they do.
    public func waitForSleepers(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isSatisfied = state.withLock { state in
                guard state.sleepers.count < count else { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isSatisfied { continuation.resume() }
        }
    }

    private func wakeNext(until time: Timestamp) -> CheckedContinuation<Void, Never>? {
        state.withLock { state in
            // Of two with one deadline the one that lay down first.
            let next = state.sleepers.filter { $0.deadline <= time }.min { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
            guard let next else { return nil }
            state.now = max(state.now, next.deadline)
            state.sleepers.removeAll { $0.id == next.id }
            return next.continuation
        }
    }
}
