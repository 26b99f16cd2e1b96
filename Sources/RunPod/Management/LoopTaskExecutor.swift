internal import NIOCore

/// Runs a task's steps on the thread that its bytes come in on, so that a line of a log wakes that thread and no other. For steps that
/// are short and never block.
final class LoopTaskExecutor: TaskExecutor {
    let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
