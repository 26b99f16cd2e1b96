public import EngineAPI
public import Training
public import TrainingPorts

/// The engine: an actor around the core. It decides, commits, takes the result as its state, publishes, and then acts.
///
/// Between deciding and committing there is no `await`, and it runs on an executor of its own, so no other input can come between.
public actor TrainingOrchestrator: Engine {
    public nonisolated let executors: EngineExecutors
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executors.engine.asUnownedSerialExecutor() }

    let surroundings: Surroundings
    let source: SourceDescription
    var core: EngineCore
    var recentEvents: [EventRecord]
    var recentLines: [LogLine] = []
    var subscribers: [Int: AsyncStream<Update>.Continuation] = [:]
    var nextSubscriber = 0
    /// What a subscriber wants, where that is not everything.
    var interests: [Int: Interest] = [:]
    /// Effects wait here until `run` takes them; it owns the tasks that perform them.
    let pending: AsyncStream<Chore>
    let chores: AsyncStream<Chore>.Continuation
    /// The earliest deadline that somebody sleeps for.
    var armed: Timestamp?
    var isTicking = false

    /// The number of the last event before this run.
    let sinceSequence: Int
    /// Set when the run is cancelled, from whatever thread: from then on nothing new is begun.
    let isEnding = EndingFlag()
    var hasStopped = false
    /// Who waits for an attempt to leave its submission behind.
    var waiters: [AttemptID: [CheckedContinuation<Void, Never>]] = [:]

    /// How many commands our server has given, for their ids.
    var deskCommands = 0
    var followers: [AttemptID: Follower] = [:]

    /// What `run` does in a task of its own.
    enum Chore: Sendable {
        /// `since` is when it was decided: a submission that was held up by a sleep must not leave hours later.
        case perform(Effect, since: Timestamp)
        case wake(at: Timestamp)
        case tick
    }

    /// How many events and lines a new subscriber gets to see.
    static let memory = 2000

    /// Folds the journal.
    /// - Throws: `PortError` where the journal cannot be read; then there is no engine, for a start from nothing would pay again.
    public init(
        surroundings: Surroundings, source: SourceDescription, policy: Policy, executors: EngineExecutors
    ) throws(PortError) {
        self.executors = executors
        let records = try surroundings.journal.events(after: 0)
        var ledger = Ledger()
        for record in records { ledger.apply(record) }
        self.surroundings = surroundings
        self.source = source
        self.core = EngineCore(ledger: ledger, policy: policy, digester: surroundings.digester)
        self.sinceSequence = ledger.sequence
        self.recentEvents = Array(records.suffix(TrainingOrchestrator.memory))
        (pending, chores) = AsyncStream.makeStream(of: Chore.self)
    }

    /// The engine's lifetime. Returns when its task is cancelled, after everything that was under way has come to an end.
    ///
    /// From the cancel on nothing new is begun. A submission that is on its way has five seconds to get its answer; one that has not left
    /// yet does not leave.
    /// - Parameter start: what is recorded about this run; `mayContinue` as for `Input.started`.
    public func run(_ start: EngineStart, mayContinue: Bool) async {
        take(.started(start, mayContinue: mayContinue))
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                for await chore in pending {
                    group.addTask { await self.carryOut(chore) }
                }
                group.cancelAll()
            }
        } onCancel: {
            isEnding.set()
            chores.finish()
        }
        take(.stopped)
        hasStopped = true
        for subscriber in subscribers.values { subscriber.finish() }
        subscribers = [:]
        for waiter in waiters.values.joined() { waiter.resume() }
        waiters = [:]
    }

    public func perform(_ command: CommandEnvelope) async -> Reply {
        let result = take(.command(command))
        return result.reply ?? .refused(message: result.fault ?? "the engine has no answer to that")
    }

    /// Takes in one input, from deciding to acting.
    @discardableResult
    func take(_ input: Input) -> (reply: Reply?, fault: String?) {
        guard !hasStopped else { return (nil, "the engine has ended; start the program again") }
        if isEnding.isSet, !core.isStopping { core = core.deciding(.stopping, at: surroundings.clock.now()).next }
        let now = surroundings.clock.now()
        var decision = core.deciding(input, at: now)
        var records: [EventRecord] = []
        var fault: String?
        if !decision.drafts.isEmpty {
            do {
                // A disk that is all but full takes small events and refuses the next order.
                if core.journalFault != nil { try surroundings.journal.checkRoom() }
                records = try surroundings.journal.append(decision.drafts, payloads: decision.payloads)
            } catch {
                fault = error.message
                decision = core.decidingWithoutJournal(decision, of: input, because: error.message, at: now)
            }
        }
        core = decision.next
        if let last = records.last { core.numbered(upTo: last.sequence) }
        publish(records)
        publish(decision.readings)
        for effect in decision.effects { hand(out: effect, at: now) }
        wakeWaiters()
        dismissFollowers()
        arm(after: now)
        return (decision.reply, fault)
    }

    /// Gives an effect to `run`. Where that has just ended, a submission that was recorded has provably not left.
    private func hand(out effect: Effect, at now: Timestamp) {
        guard case .terminated = chores.yield(.perform(effect, since: now)), case .submit(let id, _) = effect else { return }
        take(.submitted(id, .unsent(TrainingOrchestrator.endedBeforeSending)))
    }

    static let endedBeforeSending = "the program ended before the request left"
}
