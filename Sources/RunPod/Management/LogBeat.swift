internal import NIOCore
internal import Synchronization

/// Says when gathered lines are handed over: at once after a pause, else together with those of all other logs, once an interval.
///
/// A line is a second of somebody's patience at most, but each one that goes its own way through the program wakes half a dozen
/// threads. So the logs have one beat in common, and one timer, which runs only while lines wait.
final class LogBeat: Sendable {
    private struct State {
        var next: NIODeadline
        var waiting: [LogBasket] = []
    }

    private let loop: any EventLoop
    private let interval: TimeAmount
    private let state: Mutex<State>

    /// - Parameter interval: the least time between two beats; zero lets every line through at once.
    init(on loop: any EventLoop, interval: Duration) {
        self.loop = loop
        self.interval = .nanoseconds(Int64(interval.inSeconds * 1e9))
        state = Mutex(State(next: loop.now))
    }

    /// Empties a basket as soon as the beat allows.
    func call(for basket: LogBasket) {
        let (isNow, due) = state.withLock { state -> (Bool, NIODeadline?) in
            let now = loop.now
            if state.waiting.isEmpty, now >= state.next {
                state.next = now + interval
                return (true, nil)
            }
            state.waiting.append(basket)
            return (false, state.waiting.count == 1 ? state.next : nil)
        }
        if isNow { basket.release() }
        if let due { loop.scheduleTask(deadline: due) { self.strike() } }
    }

    private func strike() {
        let baskets = state.withLock { state in
            state.next = loop.now + interval
            defer { state.waiting = [] }
            return state.waiting
        }
        for basket in baskets { basket.release() }
    }
}
