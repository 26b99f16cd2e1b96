public import NIOCore
internal import NIOPosix

/// A thread for the engine and for the connections that feed it.
///
/// The engine's commits wait for the disk, so it has a thread of its own. What RunPod answers comes in on the same thread: it is taken in
/// and handed on there, and no other thread wakes for it. Lives as long as the program.
public final class EngineThread: Sendable {
    /// For the connections.
    public let group: any EventLoopGroup
    /// For the engine's own steps, one after the other.
    public let steps: any SerialExecutor
    /// For the tasks that the engine starts, and for whoever listens to it: for what is short or waits without blocking.
    public let tasks: any TaskExecutor

    public init() {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        self.group = group
        steps = loop.executor
        tasks = LoopTaskExecutor(loop)
    }
}

/// Runs a task's steps on an event loop's thread.
private final class LoopTaskExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
