public import EngineAPI
public import Training
public import TrainingPorts

/// The engine: an actor around the core. It decides, commits, takes the result as its state, publishes, and then acts.
///
/// Between deciding and committing there is no `await`, and it runs on an executor of its own, so no other input can come between.
public actor TrainingOrchestrator: Engine {
    private let executor = EngineExecutor()
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let surroundings: Surroundings
    let source: SourceDescription
    var core: EngineCore
    var recentEvents: [EventRecord]
    var recentLines: [LogLine] = []
    var subscribers: [Int: AsyncStream<Update>.Continuation] = [:]
    var nextSubscriber = 0
    /// Effects wait here until `run` takes them; it owns the tasks that perform them.
    let pending: AsyncStream<Chore>
    let chores: AsyncStream<Chore>.Continuation
    /// The earliest deadline that somebody sleeps for.
    var armed: Timestamp?
    var isTicking = false

    /// What `run` does in a task of its own.
    enum Chore: Sendable {
        case perform(Effect)
        case wake(at: Timestamp)
        case tick
    }

    /// How many events and lines a new subscriber gets to see.
    static let memory = 2000

    /// Folds the journal.
    /// - Throws: `PortError` where the journal cannot be read; then there is no engine, for a start from nothing would pay again.
    public init(surroundings: Surroundings, source: SourceDescription, policy: Policy) throws(PortError) {
        let records = try surroundings.journal.events(after: 0)
        var ledger = Ledger()
        for record in records { ledger.apply(record) }
        self.surroundings = surroundings
        self.source = source
        self.core = EngineCore(ledger: ledger, policy: policy, digester: surroundings.digester)
        self.recentEvents = Array(records.suffix(TrainingOrchestrator.memory))
        (pending, chores) = AsyncStream.makeStream(of: Chore.self)
    }

    /// The engine's lifetime. Returns when its task is cancelled, after everything that was under way has come to an end.
    /// - Parameter start: what is recorded about this run; `mayContinue` as for `Input.started`.
    public func run(_ start: EngineStart, mayContinue: Bool) async {
        take(.started(start, mayContinue: mayContinue))
        await withDiscardingTaskGroup { group in
            for await chore in pending {
                group.addTask { await self.carryOut(chore) }
            }
            // Cancelled: sleepers and calls on their way end now. A submission without an answer is uncertain at the next start.
            group.cancelAll()
        }
        take(.stopping)
        chores.finish()
        for subscriber in subscribers.values { subscriber.finish() }
        subscribers = [:]
    }

    public func perform(_ command: CommandEnvelope) async -> Reply {
        let result = take(.command(command))
        if let fault = result.fault { return .refused(message: fault) }
        return result.reply ?? .refused(message: "the engine has no answer to that")
    }

    /// Takes in one input, from deciding to acting.
    @discardableResult
    func take(_ input: Input) -> (reply: Reply?, fault: String?) {
        let now = surroundings.clock.now()
        let decision = core.deciding(input, at: now)
        if !decision.drafts.isEmpty {
            do {
                let records = try surroundings.journal.append(decision.drafts, payloads: decision.payloads)
                core = decision.next.journalFault == nil ? decision.next : decision.next.journalIsBack()
                if let last = records.last { core.numbered(upTo: last.sequence) }
                publish(records)
            } catch {
                refuse(input, because: error, at: now)
                arm(after: now)
                return (nil, error.message)
            }
        } else {
            core = decision.next
        }
        publish(decision.readings)
        for effect in decision.effects { chores.yield(.perform(effect)) }
        arm(after: now)
        return (decision.reply, nil)
    }

    /// The disk took nothing: nothing of the decision has happened. The engine goes on watching and submits nothing.
    private func refuse(_ input: Input, because error: PortError, at now: Timestamp) {
        let isNews = core.journalFault == nil
        core = core.refusingToSpend(because: error.message, after: input, at: now)
        guard isNews else { return }
        let text = "the journal takes nothing (\(error.message)); nothing is submitted until it does"
        publish([.log(LogLine(time: now, severity: .alarm, text: text))])
    }
}
