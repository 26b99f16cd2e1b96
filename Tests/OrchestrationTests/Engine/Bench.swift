import EngineAPI
import SystemSurroundings
import Testing
import Training
import TrainingPorts
import TrainingTestSupport
import WaitingTestSupport

@testable import Orchestration

/// The real engine on ports in memory, running in a task of its own.
final class Bench: Sendable {
    let outside = FakeOutside()
    let clock = StillClock()
    let journal = InMemoryJournal()
    let engine: TrainingOrchestrator
    let run: Task<Void, Never>
    /// One for all benches: a thread lives as long as the program.
    private static let thread = EngineThread()
    static let executors = EngineExecutors(engine: thread.steps, tasks: thread.tasks)

    init(policy: Policy = Policy(), management: (any EndpointManagement)? = nil) async throws {
        let surroundings = Surroundings(
            actorMaker: outside, gateway: outside, models: outside, route: outside, templates: outside, journal: journal,
            clock: clock,
            random: outside, digester: outside, management: management)
        let source = SourceDescription(kind: .demo, label: "test", isSimulation: true)
        let engine = try TrainingOrchestrator(
            surroundings: surroundings, source: source, policy: policy, executors: Bench.executors)
        self.engine = engine
        run = Task(executorPreference: Bench.executors.tasks) {
            await engine.run(EngineStart(program: "test", source: "test", timeScale: 1), mayContinue: true)
        }
        try await until("the cast is read") { $0.core.runtime.cast.asOf != nil }
    }

    /// Returns once the engine's state is so.
    func until(_ what: String, _ condition: @Sendable (isolated TrainingOrchestrator) -> Bool) async throws {
        try await eventually(what) { await condition(engine) }
    }

    @discardableResult
    func say(_ command: Command, id: String = "c") async -> Reply {
        await engine.perform(CommandEnvelope(id: "\(id)-\(command)", by: "operator", command: command))
    }

    @discardableResult
    func train(_ actors: Int...) async -> Reply {
        await say(.train(actors: actors.map(ActorID.init(_:)), origin: .operator, override: false))
    }

    func phase(of job: Int, is phase: PhaseName) async throws {
        try await until("job \(job) is \(phase)") { $0.core.ledger[JobID(job)]?.latest.phase.name == phase }
    }

    func stop() async {
        run.cancel()
        await run.value
    }

    var events: [String] { ((try? journal.events(after: 0)) ?? []).map(\.event.name) }
}
