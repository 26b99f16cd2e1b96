import TrainingPorts

/// One notifier with what waits for it: a slow one holds up no other, and a dead one only itself.
actor NoticeWay {
    private let notifier: any Notifier
    private let complain: @Sendable (String) async -> Void
    private let (queue, entrance) = AsyncStream.makeStream(of: Notice.self, bufferingPolicy: .bufferingOldest(64))
    private var open = 0
    /// The newest ids that were handed in: one event is told once, whoever asks.
    private var known: [String] = []
    private var waiters: [AsyncStream<Void>.Continuation] = []

    init(_ notifier: any Notifier, complain: @escaping @Sendable (String) async -> Void) {
        self.notifier = notifier
        self.complain = complain
    }

    func hand(_ notice: Notice) async {
        guard !known.contains(notice.id) else { return }
        known = known.suffix(255) + [notice.id]
        guard case .enqueued = entrance.yield(notice) else {
            await complain("\(notifier.name) is too slow; “\(notice.title)” was not told")
            return
        }
        open += 1
    }

    func run() async {
        for await notice in queue {
            do {
                try await notifier.tell(notice)
            } catch {
                await complain("\(notifier.name) failed: \(error.message)")
            }
            open -= 1
            if open == 0 { wakeWaiters() }
        }
    }

    /// Returns when everything that was handed in is done, or the task is cancelled.
    func drained() async {
        guard open > 0 else { return }
        let (news, waiter) = AsyncStream.makeStream(of: Void.self)
        waiters.append(waiter)
        for await _ in news {}
    }

    private func wakeWaiters() {
        for waiter in waiters { waiter.finish() }
        waiters = []
    }
}
