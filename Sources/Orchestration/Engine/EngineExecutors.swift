/// Where the engine's work runs.
public struct EngineExecutors: Sendable {
    /// The actor's own steps. Committing to the journal waits for the disk, which must not stand in the way of everybody else's tasks on
    /// the shared pool: so this is a thread of the engine's own.
    public var engine: any SerialExecutor
    /// The tasks that the engine starts; `run` is to be called on it too. Where it is the same thread, an answer is taken in by the
    /// thread that it came in on, and no other is woken.
    public var tasks: any TaskExecutor

    public init(engine: any SerialExecutor, tasks: any TaskExecutor) {
        self.engine = engine
        self.tasks = tasks
    }
}
