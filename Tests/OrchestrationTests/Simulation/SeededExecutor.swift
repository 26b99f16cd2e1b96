import ChanceTestSupport
import Foundation
import Synchronization

/// Runs the engine's actor and all of its tasks on one thread, a step at a time, and picks the next step by a seeded chance: another
/// seed is another interleaving, and the same seed the same.
///
/// It must be made, and stepped, on the thread that is to run the steps.
struct SeededExecutor: Sendable {
    private let queue: SeededQueue
    let actorSide: ActorSide
    let taskSide: TaskSide

    init() {
        queue = SeededQueue()
        actorSide = ActorSide(queue: queue)
        taskSide = TaskSide(queue: queue)
    }

    var isReady: Bool { queue.state.withLock { !$0.ready.isEmpty } }
    /// How many steps were enqueued by another thread: each is a hop that no seed can replay.
    var strays: Int { queue.state.withLock(\.strays) }
    var steps: Int { queue.state.withLock(\.steps) }

    /// Runs one of the steps that are ready.
    func runOne(_ random: inout SplitMix64) {
        switch queue.pick(&random) {
        case .ofActor(let job): job.runSynchronously(on: actorSide.asUnownedSerialExecutor())
        case .ofTask(let job): job.runSynchronously(on: taskSide.asUnownedTaskExecutor())
        case nil: break
        }
    }

    final class ActorSide: SerialExecutor {
        private let queue: SeededQueue
        init(queue: SeededQueue) { self.queue = queue }
        func enqueue(_ job: consuming ExecutorJob) { queue.enqueue(.ofActor(UnownedJob(job))) }
        func checkIsolated() { precondition(queue.isOnOwnThread) }
    }

    final class TaskSide: TaskExecutor {
        private let queue: SeededQueue
        init(queue: SeededQueue) { self.queue = queue }
        func enqueue(_ job: consuming ExecutorJob) { queue.enqueue(.ofTask(UnownedJob(job))) }
    }
}

/// The steps that are ready.
final class SeededQueue: Sendable {
    /// A step is resumed on the side that it was enqueued for, so that a change of sides is a place where others may come between.
    enum Step: Sendable {
        case ofActor(UnownedJob), ofTask(UnownedJob)
    }

    struct State {
        var ready: [Step] = []
        var strays = 0
        var steps = 0
    }

    let state = Mutex(State())
    private let owner = ObjectIdentifier(Thread.current)

    var isOnOwnThread: Bool { ObjectIdentifier(Thread.current) == owner }

    func enqueue(_ step: Step) {
        let isStray = !isOnOwnThread
        state.withLock { state in
            state.ready.append(step)
            if isStray { state.strays += 1 }
        }
    }

    func pick(_ random: inout SplitMix64) -> Step? {
        state.withLock { state -> Step? in
            guard !state.ready.isEmpty else { return nil }
            state.steps += 1
            return state.ready.remove(at: random.pick(0...state.ready.count - 1))
        }
    }
}
