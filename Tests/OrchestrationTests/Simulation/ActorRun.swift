import ChanceTestSupport
import EngineAPI
import Synchronization
import Training
import TrainingPorts

@testable import Orchestration

/// One history of the real actors: `TrainingOrchestrator` with its whole shell on a seeded executor, in the simulated world. Its
/// process is dropped where the world lets it die, and a new one starts on the same simulated disk.
final class ActorRun {
    let world: SharedWorld
    let executor = SeededExecutor()
    private var random: SplitMix64
    private var process: Process?

    private struct Process {
        let number: Int
        let engine: TrainingOrchestrator
        /// The run itself comes first.
        var tasks: [Task<Void, Never>]
    }

    init(seed: UInt64, mutant: Mutant? = nil, isTracing: Bool = false) {
        world = SharedWorld(seed: seed, mutant: mutant, isTracing: isTracing)
        random = SplitMix64(seed: ~seed)
    }

    func live() {
        var history = History()
        while let end = world.with({ history.next($0) }) { run(until: end) }
        world.with { $0.checkAtTheEnd() }
        end()
    }

    /// Lets time pass until `end`, or until a violation. Now and then something happens before a step that is ready was run.
    private func run(until end: Int64) {
        while true {
            giveOrders()
            let (isAwake, isBroken, hasMore) = world.with { world in
                (world.now >= world.asleepUntil, !world.violations.isEmpty, world.agenda.hasNext(before: end))
            }
            if isBroken { return }
            if isAwake, executor.isReady, !(hasMore && random.chance(20)) {
                takeStep()
            } else if !world.with({ $0.step(before: end) }) {
                return world.with { $0.now = max($0.now, end) }
            }
        }
    }

    private func takeStep() {
        executor.runOne(&random)
        guard let process else { return }
        let core = process.engine.assumeIsolated { $0.core }
        world.with { $0.mirror(core, of: process.number) }
    }

    /// Gives the process what the world has for it, after burying one that has died.
    private func giveOrders() {
        let (alive, orders) = world.with { world in
            defer { world.forProcess = [] }
            return (world.process, world.forProcess ?? [])
        }
        if let process, process.number != alive { bury(process) }
        for order in orders { give(order) }
    }

    private func bury(_ dead: Process) {
        process = nil
        for task in dead.tasks { task.cancel() }
        world.with { $0.endCalls(of: dead.number) }
    }

    private func give(_ order: ForProcess) {
        if case .start(let mayContinue) = order { return start(mayContinue: mayContinue) }
        guard let process else { return }
        let (engine, world) = (process.engine, world)
        switch order {
        case .start: break
        case .quit: process.tasks.first?.cancel()
        case .command(let envelope): begin { _ = await engine.perform(envelope) }
        case .delivery(let delivery, let tries):
            begin {
                if await !engine.receive(delivery) { world.with { $0.deliverAgain(delivery, tries: tries) } }
            }
        case .look(let span):
            let ports = SimulatedPorts(world: world, process: process.number)
            begin { await look(at: engine, until: ports.now() + Seconds(Double(span) / 1000), ports) }
        }
    }

    private func begin(_ work: @escaping @Sendable () async -> Void) {
        process?.tasks.append(Task(executorPreference: executor.taskSide) { await work() })
    }

    private func start(mayContinue: Bool) {
        let number = world.with(\.process)
        let ports = SimulatedPorts(world: world, process: number)
        let surroundings = Surroundings(
            actorMaker: ports, gateway: ports, models: ports, route: ports, templates: ports, journal: ports, clock: ports,
            random: ports, digester: ports)
        let policy = world.with(\.policy)
        do {
            let engine = try TrainingOrchestrator(
                surroundings: surroundings, source: SourceDescription(kind: .demo, label: "test", isSimulation: true),
                policy: policy, executors: EngineExecutors(engine: executor.actorSide, tasks: executor.taskSide))
            let core = engine.assumeIsolated { $0.core }
            world.with { $0.mirror(core, of: number) }
            process = Process(number: number, engine: engine, tasks: [])
            let world = world
            begin {
                let start = EngineStart(program: "test", source: "simulation", timeScale: 1)
                await engine.run(start, mayContinue: mayContinue)
                world.with { $0.ended(number) }
            }
        } catch {
            world.with { $0.violate("the engine does not start: \(error)") }
        }
    }

    /// The process is ended like any other, and everything of it must run out.
    private func end() {
        if let process { bury(process) }
        for _ in 0..<100_000 where executor.isReady { executor.runOne(&random) }
        world.with { world in
            if executor.isReady { world.violate("the tasks of an ended process go round in circles") }
            if executor.strays > 0 { world.violate("\(executor.strays) steps came from other threads") }
            if world.violations.isEmpty, !world.calls.isEmpty { world.violate("\(world.calls.count) calls were never ended") }
        }
    }
}
