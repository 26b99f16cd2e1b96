import ActorMakerClient
import ActorMakerServer
import EngineAPI
import Journal
import Logging
import ObjectStorage
import Orchestration
import RunPod
import SystemSurroundings
import Training
import TrainingPorts
import UnixSignals

/// Who takes the signals that end the program.
enum SignalCare: Sendable {
    /// We do: the command is ended in good order and the code says which signal it was.
    case command
    /// The terminal's loop does, because it has a screen to restore.
    case terminal
}

/// Opens a house, runs the engine and everything around it for as long as `body` runs, and closes it in good order.
/// - Returns: the exit code.
func withSession(
    _ options: SourceOptions, command: String, mayContinue: Bool, purpose: Purpose = .training, serverPort: Int? = nil,
    signals: SignalCare = .command, body: @escaping @Sendable (Session) async throws -> Int32
) async throws -> Int32 {
    LogDestination.take(level: options.leastLogged)
    let settings = try await Settings(project: options.project, configFile: options.config)
    guard let source = try options.resolve(settings) else { throw Failure(.usage, SourceOptions.choices) }
    let house = try await House.open(source, options, settings, command: command, purpose: purpose)
    return try await house.closing { house in
        try await house.run(mayContinue: mayContinue, serverPort: serverPort, signals: signals, body)
    }
}

extension SourceOptions {
    static let choices = """
        say where the actors are:
          --project DIR   an Actor Maker project folder (one with data/actorsData.json)
          --server URL    an Actor Maker server that runs already, such as http://localhost:5173
          --demo          the bundled project and a simulated RunPod: no account, nothing to pay
        """
}

extension House {
    enum Ending: Sendable {
        case body(Int32)
        case signal(Int32)
        case service
    }

    func run(
        mayContinue: Bool, serverPort: Int?, signals: SignalCare, _ body: @escaping @Sendable (Session) async throws -> Int32
    ) async throws -> Int32 {
        let engine: TrainingOrchestrator
        do {
            engine = try TrainingOrchestrator(
                surroundings: surroundings, source: source, policy: policy,
                executors: EngineExecutors(engine: thread.steps, tasks: thread.tasks))
        } catch {
            throw Failure(error)
        }
        let notices = NoticeService(settings, folder: access.folder, engine: engine, signals: signals)
        let result: Swift.Result<Int32, any Error>
        do {
            result = .success(
                try await run(engine, notices, mayContinue: mayContinue, serverPort: serverPort, signals: signals, body))
        } catch {
            result = .failure(error)
        }
        await notices.shutdown()
        return try result.get()
    }

    private func run(
        _ engine: TrainingOrchestrator, _ notices: NoticeService, mayContinue: Bool, serverPort: Int?, signals: SignalCare,
        _ body: @escaping @Sendable (Session) async throws -> Int32
    ) async throws -> Int32 {
        let start = EngineStart(program: "actor-trainer \(Program.version)", source: source.label, timeScale: source.timeScale)
        return try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                await notices.run()
                return .service
            }
            let address = try await startServices(engine, serverPort: serverPort, &group)
            access.publish(address: address)
            defer { access.publish(address: nil) }
            group.addTask(executorPreference: thread.tasks) {
                await engine.run(start, mayContinue: mayContinue)
                return .service
            }
            if let troubles {
                group.addTask {
                    await troubles.run(engine)
                    return .service
                }
            }
            if signals == .command {
                group.addTask { .signal(await House.endingSignal()) }
            }
            let session = Session(
                engine: engine, journal: access.journal, source: source, clock: surroundings.clock,
                folder: access.folder,
                keepsManifests: project != nil && !(surroundings.models is UnseenModelStore),
                obstacle: surroundings.gateway is KeylessGateway ? KeylessGateway.advice : nil, serverAddress: address,
                notices: notices.outlet, preflight: preflight, asksPrices: management != nil)
            group.addTask { .body(try await body(session)) }
            defer { group.cancelAll() }
            while let ending = try await group.next() {
                switch ending {
                case .body(let code):
                    await notices.finish()
                    return code
                case .signal(let number):
                    let open = await session.ledger().openAttempts.count { $0.phase.isInFlight }
                    if open > 0 { Output.complain("interrupted; \(open) training(s) go on at RunPod, start again to watch them") }
                    return 128 + number
                case .service: continue
                }
            }
            return 0
        }
    }

    /// Does something with the house and ends its connections, however that went.
    func closing<Result>(_ body: (House) async throws -> Result) async throws -> Result {
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(self)) } catch { result = .failure(error) }
        await runpod?.shutdown()
        await management?.shutdown()
        await s3.client?.shutdown()
        await server?.shutdown()
        return try result.get()
    }

    /// The number of the signal that asks for the end.
    static func endingSignal() async -> Int32 {
        for await signal in await UnixSignalsSequence(trapping: [.sigint, .sigterm, .sighup]) {
            switch signal {
            case .sigterm: return 15
            case .sighup: return 1
            default: return 2
            }
        }
        return 0
    }
}
