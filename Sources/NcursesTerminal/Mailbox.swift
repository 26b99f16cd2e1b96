internal import Synchronization

/// What the rest of the program has for the terminal's thread: bounded, written from anywhere, read by one loop.
public final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var droppedCount = 0
        /// Whether the reader was told already that there is something; it is told once until it looks.
        var isAnnounced = false
        /// When the reader wakes by itself; nil when nothing but a message or a key wakes it.
        var wakesAt: ContinuousClock.Instant?

        var wakesSoon: Bool { wakesAt.map { $0 <= .now + Mailbox.patience } ?? false }
    }

    /// How long a patient message may wait for the reader to wake by itself.
    static var patience: Duration { .seconds(1) }

    /// How many messages wait at most, as long as there are some that may be dropped.
    public let capacity: Int
    let wakeUp: WakeUp
    private let isDroppable: @Sendable (Message) -> Bool
    private let isPatient: @Sendable (Message) -> Bool
    private let state = Mutex(State())

    /// - Parameters:
    ///   - capacity: at least 1. What may not be dropped is kept beyond it.
    ///   - isDroppable: whether a message may be left out when there are too many, since a later one says more.
    ///   - isPatient: whether a message may wait up to a second, while the loop wakes by itself before that: what a second of everybody's
    ///     work brings is then drawn in one frame. It is still read in its order, and wakes a loop that would not wake by itself.
    /// - Throws: `TerminalError` where the process has no descriptor left.
    public init(
        capacity: Int = 1024, isDroppable: @escaping @Sendable (Message) -> Bool,
        isPatient: @escaping @Sendable (Message) -> Bool = { _ in false }
    ) throws(TerminalError) {
        self.capacity = max(1, capacity)
        self.isDroppable = isDroppable
        self.isPatient = isPatient
        self.wakeUp = try WakeUp()
    }

    /// How many messages were dropped since the mailbox was made.
    public var droppedCount: Int { state.withLock(\.droppedCount) }

    /// Leaves a message and wakes the loop; never waits. When there are too many, the oldest that may be dropped is.
    public func post(_ message: Message) {
        let isFirst = state.withLock { state in
            state.messages.append(message)
            if state.messages.count > capacity, let oldest = state.messages.firstIndex(where: isDroppable) {
                state.messages.remove(at: oldest)
                state.droppedCount += 1
            }
            guard !state.isAnnounced, !(isPatient(message) && state.wakesSoon) else { return false }
            state.isAnnounced = true
            return true
        }
        if isFirst { wakeUp.wake() }
    }

    /// Tells when the reader wakes at the latest, until it takes all messages again.
    func readerWakes(at time: ContinuousClock.Instant?) { state.withLock { $0.wakesAt = time } }

    /// Takes all messages, in order.
    func takeAll() -> [Message] {
        state.withLock { state in
            state.isAnnounced = false
            state.wakesAt = nil
            defer { state.messages = [] }
            return state.messages
        }
    }
}
