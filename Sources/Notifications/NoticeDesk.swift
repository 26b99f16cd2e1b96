public import EngineAPI
import Training
public import TrainingPorts

/// Follows an engine and tells the operator, once for each event, by every way that is set up.
///
/// What comes within a short time is told together. After an absence it first waits until every training that was open has been looked
/// at, and then tells all that it missed in one notice. A way that fails costs a line in the log, and nothing else.
public actor NoticeDesk {
    private let ways: [NoticeWay]
    private let kinds: Set<Notice.Kind>
    private let mark: NoticeMark
    private let limits: Limits
    private let complain: @Sendable (String) async -> Void
    private let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    private var book: NoticeBook?
    /// What was open at the start and has not been looked at since; nil when the absence has been caught up with.
    private var unseen: Set<AttemptID>?

    /// - Parameters:
    ///   - markFile: remembers what was told.
    ///   - kinds: what is wanted.
    ///   - complain: takes a line for the log.
    public init(
        _ notifiers: [any Notifier], kinds: Set<Notice.Kind>, markFile: String, limits: Limits = Limits(),
        complain: @escaping @Sendable (String) async -> Void
    ) {
        ways = notifiers.map { NoticeWay($0, complain: complain) }
        self.kinds = kinds
        mark = NoticeMark(path: markFile)
        self.limits = limits
        self.complain = complain
    }

    /// Follows the engine until that or the task ends. Must be started before the engine's own run, or what it finds at once is told singly.
    public func run(_ engine: any Engine) async {
        await withDiscardingTaskGroup { group in
            for way in ways { group.addTask { await way.run() } }
            group.addTask { await self.flushOnSignal() }
            await follow(engine, &group)
            group.cancelAll()
        }
    }

    /// Tells what is not told yet, and waits until it has arrived or `farewell` is over. To be called before the task is cancelled.
    public func finish(_ engine: any Engine) async {
        guard book != nil else { return }
        take(await engine.attach(for: .events).snapshot)
        unseen = unseen.map { _ in [] }
        await flush()
        let ways = ways
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for way in ways { await way.drained() } }
            group.addTask { [limits] in try? await Task.sleep(for: limits.farewell, clock: .continuous) }
            await group.next()
            group.cancelAll()
        }
    }

    private func follow(_ engine: any Engine, _ group: inout DiscardingTaskGroup) async {
        while !Task.isCancelled {
            let attachment = await engine.attach(for: .events)
            if book == nil { begin(attachment.snapshot, &group) } else { take(attachment.snapshot) }
            var isLagging = false
            for await update in attachment.updates {
                if case .lagged = update { isLagging = true }
                take(update)
            }
            guard isLagging else { return }
        }
    }

    private func begin(_ snapshot: Snapshot, _ group: inout DiscardingTaskGroup) {
        let told = mark.read()
        if told == nil { _ = mark.write(snapshot.ledger.sequence) }
        book = NoticeBook(snapshot, after: told ?? snapshot.ledger.sequence)
        let open = Set(snapshot.ledger.openAttempts.filter(\.phase.isInFlight).map(\.id))
        guard !open.isEmpty || book?.hasNews == true else { return }
        unseen = open
        signal.yield()
        guard !open.isEmpty else { return }
        group.addTask { [limits] in
            try? await Task.sleep(for: limits.catchingUp, clock: .continuous)
            await self.stopCatchingUp()
        }
    }

    private func stopCatchingUp() {
        guard unseen != nil else { return }
        unseen = []
        signal.yield()
    }

    private func take(_ update: Update) {
        book?.take(update)
        if case .reading(.checked(let id, _)) = update { see(id) }
        if case .fact(let record) = update, let id = record.attemptID { see(id) }
        if book?.hasNews == true { signal.yield() }
    }

    private func take(_ snapshot: Snapshot) {
        book?.take(snapshot)
        if book?.hasNews == true { signal.yield() }
    }

    /// One that was asked for counts as looked at, unless its model is still being looked for.
    private func see(_ id: AttemptID) {
        guard unseen?.contains(id) == true, let attempt = book?.snapshot.ledger[id] else { return }
        let wasChecked = book?.snapshot.checks[id] != nil && attempt.phase.name != .verifying
        guard attempt.phase.isDone || wasChecked else { return }
        unseen?.remove(id)
        if unseen?.isEmpty == true { signal.yield() }
    }

    private func flushOnSignal() async {
        for await _ in signals {
            try? await Task.sleep(for: limits.gathering, clock: .continuous)
            guard !Task.isCancelled else { return }
            await flush()
        }
    }

    private func flush() async {
        guard var book, unseen?.isEmpty != false else { return }
        let isAfterAbsence = unseen != nil
        unseen = nil
        guard book.hasNews else { return }
        let wanted = book.takeNews().filter { kinds.contains($0.notice.kind) }
        self.book = book
        // Before anything leaves: what is lost in a crash is on the screen of the next start, and what came twice would be a lie.
        let isRemembered = mark.write(book.sequence)
        for notice in gathered(wanted, isAfterAbsence) { for way in ways { await way.hand(notice) } }
        if !isRemembered {
            await complain("what was told by notifications cannot be remembered in \(mark.path); a restart may tell it again")
        }
    }

    private func gathered(_ news: [News], _ isAfterAbsence: Bool) -> [Notice] {
        let count = news.count { $0.notice.kind != .batchDone }
        guard count > (isAfterAbsence ? 1 : limits.single) else { return news.map(\.notice) }
        return [NoticeWords.summary(news, afterAbsence: isAfterAbsence)].compactMap(\.self)
    }
}
