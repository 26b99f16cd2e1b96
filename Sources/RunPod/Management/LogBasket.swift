internal import Synchronization
internal import TrainingPorts

/// Lines of one log between the connection that reads them and whoever takes them. Nothing is lost in it, and it holds little: between
/// two beats one piece of the stream, within one no more than `limit` lines and a piece. Then the reader waits, and the connection
/// with it.
final class LogBasket: Sendable {
    /// A full basket is emptied before more is read.
    static let limit = 512

    private struct State {
        var lines: [WorkerLogLine] = []
        /// The beat was asked to empty it.
        var isCalled = false
        /// It may be emptied.
        var isReleased = false
        var isClosed = false
        /// Whoever follows wants what is left, and wants it now.
        var isHurried = false
        /// It was emptied once.
        var isBegun = false
        var taker: CheckedContinuation<[WorkerLogLine]?, Never>?
        var reader: CheckedContinuation<Void, Never>?

        var isReady: Bool { isClosed || (isReleased && !lines.isEmpty) }

        /// What the taker gets now; nil while it has to wait.
        mutating func hand() -> Handing? {
            guard isReady else { return nil }
            defer { (lines, isCalled, isReleased, isBegun, taker, reader) = ([], false, false, true, nil, nil) }
            return Handing(lines: lines.isEmpty ? nil : lines, taker: taker, reader: reader)
        }
    }

    private struct Handing {
        let lines: [WorkerLogLine]?
        let taker: CheckedContinuation<[WorkerLogLine]?, Never>?
        let reader: CheckedContinuation<Void, Never>?
    }

    private let beat: LogBeat
    private let state = Mutex(State())

    init(_ beat: LogBeat) {
        self.beat = beat
        beat.joined()
    }

    deinit { beat.left() }

    /// Whether `next` would not wait.
    var isReady: Bool { state.withLock(\.isReady) }

    /// Whether a reader waits until it is emptied.
    var isWaitedFor: Bool { state.withLock { $0.reader != nil } }

    /// Puts lines in. Returns when more may be read.
    func put(_ lines: [WorkerLogLine]) async {
        guard !lines.isEmpty else { return }
        let (isFirst, isFull, isHurried, isPast) = state.withLock { state in
            state.lines += lines
            defer { state.isCalled = true }
            return (!state.isCalled, state.lines.count >= LogBasket.limit, state.isHurried, !state.isBegun)
        }
        if isFirst, !isHurried { isPast ? beat.gatherPast(into: self) : beat.call(for: self) }
        if isFull || isHurried { release() }
        if isFull || !(isHurried || isPast || beat.isOpen) { await emptied() }
    }

    /// The lines since the last call, as soon as they may be had; nil when there will be none any more.
    func next() async -> [WorkerLogLine]? {
        await withCheckedContinuation { taker in
            deliver { $0.taker = taker }
        }
    }

    /// Lets the taker have what is there, or comes next.
    func release() { deliver { $0.isReleased = !$0.lines.isEmpty } }

    /// From now on nothing waits for the beat.
    func hurry() {
        deliver { state in
            state.isHurried = true
            state.isReleased = !state.lines.isEmpty
        }
    }

    /// Nothing more is put in.
    func close() { deliver { $0.isClosed = true } }

    /// Returns when what is in it has been taken.
    private func emptied() async {
        await withCheckedContinuation { reader in
            let isEmpty = state.withLock { state in
                guard !state.lines.isEmpty else { return true }
                state.reader = reader
                return false
            }
            if isEmpty { reader.resume() }
        }
    }

    private func deliver(_ change: (inout State) -> Void) {
        let handing = state.withLock { state -> Handing? in
            change(&state)
            return state.taker == nil ? nil : state.hand()
        }
        handing?.taker?.resume(returning: handing?.lines)
        handing?.reader?.resume()
    }
}
