import AsyncHTTPClient
import DemoProject
import EngineAPI
import Foundation
import JSONText
import NIOCore
import NIOHTTP1
import ObjectStorage
import Orchestration
import RunPod
import RunPodSimulator
import SystemSurroundings
import Testing
import Training
import TrainingPorts
import TrainingTestSupport
import WebhookListener

@testable import Tunnel

/// The engine, RunPod's client, listener and tunnel's test as they are, against the simulator, all over HTTP on loopback.
@Suite("A whole batch", .timeLimit(.minutes(3)))
struct BatchTests {
    @Test("ends right though the tunnel is killed half-way and webhooks are lost, doubled and late")
    func killedTunnel() async throws {
        let faults = [
            "webhook-lost@0001", "webhook-doubled@0002", "webhook-doubled@0003", "webhook-late@0004", "fails-midway@0005",
        ]
        try await Batch.run(actors: 6, faults: faults, parallelism: 2) { batch in
            try await batch.start()
            // Each webhook of the first half comes, twice where it is doubled; then the tunnel dies.
            try await batch.until("half of them have ended") { $0.ledger.jobs.count(where: \.isDone) >= 3 }
            #expect(await batch.snapshot.route?.state == .up)
            batch.tunnel.kill()
            try await batch.until("the dead tunnel is seen") { $0.route?.state == .down }
            #expect(await batch.snapshot.route?.detail.contains("ERR_NGROK_3200") == true)
            try await batch.until("all have ended") { $0.ledger.jobs.allSatisfy(\.isDone) }
            let jobs = await batch.snapshot.ledger.jobs
            for job in jobs {
                #expect(job.latest.outcome == (job.actor == ActorID(5) ? .failed : .completed), "\(job.actorName)")
                #expect(job.attempts.count == 1)
            }
            let accepted = try #require(await SimulatorFinder.accepted(batch.simulator.url))
            #expect(accepted.count == 6, "each was paid once")
            #expect(batch.tunnel.carried > 0, "webhooks came before the tunnel died")
        }
    }

    @Test("ends right though somebody forges webhooks: without the token nothing happens, with it RunPod is asked first")
    func forged() async throws {
        try await Batch.run(actors: 2, faults: ["fails-midway@0002", "webhook-lost"], parallelism: 2, scale: 60) { batch in
            try await batch.start()
            try await batch.until("both run") { $0.ledger.openAttempts.count { $0.observed?.state == .inProgress } == 2 }
            let before = batch.records.count
            for path in ["/hook/x", "/hook/actor_0001_1_0123456789abcdef.00", "/", "/hook/", "/api/actors"] {
                let code = try await batch.post(["id": "x", "status": "COMPLETED"], to: batch.listener + path)
                #expect(code == 404 || code == 405, "\(path)")
            }
            #expect(!batch.records.dropFirst(before).contains { if case .webhookReceived = $0.event { true } else { false } })
            for attempt in await batch.snapshot.ledger.openAttempts {
                let request = try #require(attempt.order?.request)
                let address = try #require(await batch.route.address(for: request))
                for (id, state) in [
                    (attempt.runpod?.rawValue ?? "", "COMPLETED"), (attempt.runpod?.rawValue ?? "", "FAILED"),
                    ("another-id-e1", "COMPLETED"),
                ] {
                    let lie: JSONValue = [
                        "id": .string(id), "status": .string(state), "error": "forged",
                        "output": ["lora_url": "https://evil.example/actor.safetensors"],
                    ]
                    #expect(try await batch.post(lie, to: address) == 200)
                }
            }
            // The lies are recorded, RunPod is asked, and what it says holds.
            try await batch.until("RunPod was asked after the lies") { snapshot in
                snapshot.ledger.openAttempts.count == 2 && snapshot.ledger.openAttempts.allSatisfy { $0.webhook != nil }
                    && snapshot.checks.values.count == 2
            }
            #expect(await batch.snapshot.ledger.jobs.allSatisfy { !$0.isDone })
            _ = await SimulatorFinder.rescale(batch.simulator.url, to: 3000)
            try await batch.until("all have ended") { $0.ledger.jobs.allSatisfy(\.isDone) }
            let jobs = await batch.snapshot.ledger.jobs
            #expect(jobs.map(\.latest.outcome) == [.completed, .failed])
            #expect(jobs.allSatisfy { $0.latest.phase.ending?.model?.contains("evil.example") != true })
            #expect(jobs.allSatisfy { $0.latest.phase.ending?.reason?.contains("forged") != true })
        }
    }
}

/// Everything that one batch needs.
struct Batch: Sendable {
    let engine: TrainingOrchestrator
    let simulator: SimulatorAddress
    let tunnel: PublicEnd
    let route: ListenerRoute
    /// The listener itself, past the tunnel.
    let listener: String
    let journal: InMemoryJournal
    let actors: Int
    let parallelism: Int
    let client: HTTPClient

    var snapshot: Snapshot { get async { await engine.attach().snapshot } }
    var records: [EventRecord] { (try? journal.events(after: 0)) ?? [] }

    static func run(
        actors: Int, faults: [String], parallelism: Int, scale: Double = 600,
        _ body: @escaping @Sendable (Batch) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "batch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let configuration = SimulatorConfiguration(
            stateDirectory: folder.appending(path: "state"), modelsDirectory: folder.appending(path: "models"), timeScale: scale,
            settings: SimulatorSettings(seed: 3, faults: try faults.map { try FaultOrder(parsing: $0) }))
        try await SimulatorServer.with(configuration) { simulator in
            try await PublicEnd.with { tunnel, address in
                try await run(folder, simulator, tunnel, address, actors, parallelism, scale, body)
            }
        }
    }

    private static func run(
        _ folder: URL, _ simulator: SimulatorAddress, _ tunnel: PublicEnd, _ address: String, _ actors: Int, _ parallelism: Int,
        _ scale: Double, _ body: @Sendable (Batch) async throws -> Void
    ) async throws {
        let key = try WebhookKey.load(orCreateAt: folder.path + "/webhook.key")
        let way = TunnelRoute(way: .fixed(address), port: 0, random: SystemRandom()) { key.answer(toNonce: $0) }
        let route = ListenerRoute(key: key) { await way.ensure() }
        let runpod = RunPodClient(base: simulator.base, endpoint: "ep", key: Secret("any-key"))
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
        let described = await SimulatorFinder.describe(simulator.url)
        let journal = InMemoryJournal()
        let thread = EngineThread()
        let engine = try TrainingOrchestrator(
            surroundings: Surroundings(
                actorMaker: ScriptedActorMaker((1...actors).map { Batch.actor($0) }), gateway: runpod,
                models: FileModelStore(folder: folder.appending(path: "models")), route: route, templates: Template(),
                journal: journal,
                clock: ContinuousEngineClock(startingAt: described?.now ?? .sample, scale: scale), random: SystemRandom(),
                digester: SHA256Digester()),
            source: SourceDescription(kind: .project, label: "test", isSimulation: true, timeScale: scale),
            policy: .scaled(by: scale), executors: EngineExecutors(engine: thread.steps, tasks: thread.tasks))
        let listener = WebhookListener(key: key, receiver: engine, isKnown: { await engine.knows($0) })
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (ports, bound) = AsyncStream.makeStream(of: Int.self)
                group.addTask { try await listener.run(port: 0) { bound.yield($0) } }
                for await port in ports {
                    tunnel.lead(to: port)
                    group.addTask {
                        await engine.run(EngineStart(program: "test", source: "test", timeScale: scale), mayContinue: true)
                    }
                    try await body(
                        Batch(
                            engine: engine, simulator: simulator, tunnel: tunnel, route: route,
                            listener: "http://127.0.0.1:\(port)",
                            journal: journal, actors: actors, parallelism: parallelism, client: client))
                    break
                }
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await way.shutdown()
        await runpod.shutdown()
        try await client.shutdown()
        try result.get()
    }

    func start() async throws {
        try await until("the cast is read") { $0.cast.asOf != nil && $0.route?.state == .up }
        _ = await perform(.setParallelism(parallelism))
        _ = await perform(.train(actors: (1...actors).map { ActorID($0) }, origin: .operator, override: false))
    }

    private func perform(_ command: Command) async -> Reply {
        await engine.perform(CommandEnvelope(id: UUID().uuidString, by: "operator", command: command))
    }

    /// Looks again with everything that the engine says.
    func until(_ what: String, _ condition: (Snapshot) -> Bool) async throws {
        let attachment = await engine.attach()
        var snapshot = attachment.snapshot
        if condition(snapshot) { return }
        for await update in attachment.updates {
            snapshot.take(update)
            if condition(snapshot) { return }
        }
        throw PortError(.unreachable, "the engine ended before this came true: \(what)")
    }

    func post(_ body: JSONValue, to address: String) async throws -> Int {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: body.text()))
        return Int(try await client.execute(request, timeout: .seconds(10)).status.code)
    }

    private static func actor(_ number: Int) -> ActorProfile {
        ActorProfile(
            id: ActorID(number), name: ActorID(number).padded, trainingDataGood: true,
            images: ImageCount(onS3: 12, synced: 12, recorded: 12))
    }

    private struct Template: WorkflowTemplates {
        func template() async throws(PortError) -> JSONValue {
            do {
                let file = try DemoProject.location() + "/workflows/lora_training_workflow_headless.json"
                return try JSONValue(parsing: try Data(contentsOf: URL(filePath: file)))
            } catch {
                throw PortError(.notFound, "the demo's template cannot be read", cause: error)
            }
        }
    }
}
