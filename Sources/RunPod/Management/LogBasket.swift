internal import Synchronization
internal import TrainingPorts

/// Lines of one log between the connection that reads them and whoever takes them. Nothing is lost in it, and it holds no more than
/// `limit` lines and one piece of the stream: then the reader waits, and the connection with it.
final class LogBasket: Sendable {
    /// A full basket does not wait for the beat.
    static let limit = 512

    private struct State {
        var lines: [WorkerLogLine] = []
        /// The beat was asked to empty it.
        var isCalled = false
        /// It may be emptied.
        var isReleased = false
        var isClosed = false
        var taker: CheckedContinuation<[WorkerLogLine]?, Never>?
        var reader: CheckedContinuation<Void, Never>?

        var isReady: Bool { isClosed || (isReleased && !lines.isEmpty) }

        /// What the taker gets now; nil while it has to wait.
        mutating func hand() -> Handing? {
            guard isReady else { return nil }
            defer { (lines, isCalled, isReleased, taker, reader) = ([], false, false, nil, nil) }
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

    init(_ beat: LogBeat) { self.beat = beat }

    /// Whether `next` would not wait.
    var isReady: Bool { state.withLock(\.isReady) }

    /// Puts lines in. Returns when there is room for more.
    func put(_ lines: [WorkerLogLine]) async {
        guard !lines.isEmpty else { return }
        let (isFirst, isFull) = state.withLock { state in
            state.lines += lines
            defer { state.isCalled = true }
            return (!state.isCalled, state.lines.count >= LogBasket.limit)
        }
        if isFull {
            release()
            await room()
        } else if isFirst {
            beat.call(for: self)
        }
    }

    /// The lines since the last call, as soon as they may be had; nil when there will be none any more. A cancelled task gets what is left.
    func next() async -> [WorkerLogLine]? {
        await withCheckedContinuation { taker in
            deliver { $0.taker = taker }
        }
    }

    /// Lets the taker have what is there, or comes next.
    func release() { deliver { $0.isReleased = !$0.lines.isEmpty } }

    /// Nothing more is put in.
    func close() { deliver { $0.isClosed = true } }

    private func room() async {
        await withCheckedContinuation { reader in
            let isThereRoom = state.withLock { state in
                guard state.lines.count >= LogBasket.limit else { return true }
                state.reader = reader
                return false
            }
            if isThereRoom { reader.resume() }
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
