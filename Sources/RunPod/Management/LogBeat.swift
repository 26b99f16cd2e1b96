internal import NIOCore
internal import Synchronization

/// Says when the lines of all followed logs are handed over: together, and the more seldom the more logs there are.
///
/// Each line that goes its own way wakes the program, and a busy trainer writes several a second. So between two beats no log is read:
/// what its worker writes waits in the connection. The logs have one beat and one timer in common, and it runs only while lines wait.
/// With one more unit for each log, all of them together wake the program once a unit: each at most once for a line that comes between
/// the beats, and all of them once at the beat.
final class LogBeat: Sendable {
    /// How long the logs are read from the beginning of a beat on.
    static let opening = TimeAmount.milliseconds(100)

    /// However many logs there are, no line waits longer than so many units.
    private static let most = 5

    private struct State {
        var logs = 0
        /// When the last beat began; nil before the first.
        var beganAt: NIODeadline?
        var waiting: [LogBasket] = []
    }

    private let loop: any EventLoop
    private let unit: TimeAmount
    private let state = Mutex(State())

    /// - Parameter unit: the time between two beats is this, and once more for each log.
    init(on loop: any EventLoop, unit: Duration) {
        self.loop = loop
        self.unit = .nanoseconds(Int64(unit.inSeconds * 1e9))
    }

    /// A log is followed from now on.
    func joined() { state.withLock { $0.logs += 1 } }

    /// A log is not followed any more.
    func left() { state.withLock { $0.logs -= 1 } }

    /// Whether what comes now may be handed over now.
    var isOpen: Bool {
        state.withLock { state in state.beganAt.map { loop.now < $0 + LogBeat.opening } ?? false }
    }

    /// Empties a basket as soon as the beat allows: after a pause in a moment, when all that lies ready was put in.
    func call(for basket: LogBasket) {
        let due = state.withLock { state -> NIODeadline? in
            let now = loop.now
            guard let began = state.beganAt, now < next(state, after: began) else {
                state.beganAt = now
                return now
            }
            if now < began + LogBeat.opening { return now }
            state.waiting.append(basket)
            return state.waiting.count == 1 ? next(state, after: began) : nil
        }
        guard let due else { return }
        if due <= loop.now {
            loop.execute { basket.release() }
        } else {
            loop.scheduleTask(deadline: due) { self.strike() }
        }
    }

    /// What a log holds when following begins comes in one piece, without waiting for the beat.
    func gatherPast(into basket: LogBasket) { loop.scheduleTask(in: LogBeat.opening) { basket.release() } }

    private func next(_ state: State, after began: NIODeadline) -> NIODeadline {
        began + .nanoseconds(unit.nanoseconds * Int64(min(state.logs + 1, LogBeat.most)))
    }

    private func strike() {
        let baskets = state.withLock { state in
            state.beganAt = loop.now
            defer { state.waiting = [] }
            return state.waiting
        }
        for basket in baskets { basket.release() }
    }
}
