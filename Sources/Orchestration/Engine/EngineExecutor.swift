import Dispatch

/// Where the engine's work runs.
struct EngineExecutors: Sendable {
    /// The actor's own steps.
    var engine: any SerialExecutor = EngineExecutor()
    /// The tasks that the engine starts outside of any other; nil is the shared pool. All others run where the task of `run` does.
    var tasks: (any TaskExecutor)?
}

/// The engine's own thread of work: committing to the journal waits for the disk, which must not stand in the way of everybody else's
/// tasks on the shared pool.
final class EngineExecutor: SerialExecutor {
    private let queue: DispatchQueue
    /// Runs steps of tasks between the engine's own.
    let tasks: any TaskExecutor

    init() {
        queue = DispatchQueue(label: "actor-trainer.engine")
        tasks = EngineTaskExecutor(queue: queue)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}

/// Runs a task's steps on the engine's thread.
private final class EngineTaskExecutor: TaskExecutor {
    private let queue: DispatchQueue

    init(queue: DispatchQueue) { self.queue = queue }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
