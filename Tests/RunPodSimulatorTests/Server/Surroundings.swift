import Foundation
import Hummingbird
import JSONText
import Logging
import NIOCore
import RunPod
import RunPodSimulator
import Synchronization
import Training
import TrainingPorts
import WaitingTestSupport

/// A folder that a test may fill, removed when it ends.
final class Scratch: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "simulator-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }

    var models: URL { url.appending(path: "models") }
    var state: URL { url.appending(path: "state") }

    func configuration(
        _ faults: String..., scale: Double? = 1, edit: (inout SimulatorConfiguration) -> Void = { _ in }
    ) throws
        -> SimulatorConfiguration
    {
        let orders = try faults.map { try FaultOrder(parsing: $0) }
        var configuration = SimulatorConfiguration(
            stateDirectory: state, modelsDirectory: models, timeScale: scale,
            settings: SimulatorSettings(seed: 7, faults: orders),
            slowAnswer: .milliseconds(200))
        edit(&configuration)
        return configuration
    }
}

extension SimulatorAddress {
    /// Runs calls of a client against this simulator.
    func client<Result: Sendable>(
        endpoint: String = "ep", key: String = "any-key", call: Duration = .seconds(15),
        _ body: (RunPodClient) async throws -> Result
    ) async throws -> Result {
        let client = RunPodClient(base: base, endpoint: endpoint, key: Secret(key), patience: .init(call: call))
        do {
            let result = try await body(client)
            await client.shutdown()
            return result
        } catch {
            await client.shutdown()
            throw error
        }
    }
}

extension RunPodClient {
    func submitted(_ order: JSONValue) async -> RunPodID? {
        guard case .accepted(let id, _) = await submit(order) else { return nil }
        return id
    }

    /// The report once the job has a final state; the clock must run or be moved meanwhile.
    func ended(_ id: RunPodID) async throws -> JobReport {
        try await eventualValue("\(id) has ended") {
            guard case .known(let report) = await status(of: id), report.observation.state.isFinal else { return nil }
            return report
        }
    }
}

/// Takes webhooks.
final class Hook: Sendable {
    struct Delivery: Sendable {
        let headers: HTTPFields
        let body: JSONValue
    }

    private let taken = Mutex<[Delivery]>([])
    var deliveries: [Delivery] { taken.withLock { $0 } }

    /// Runs a receiver that answers with the given status; the body gets its address.
    static func with<Result: Sendable>(
        answering status: HTTPResponse.Status = .ok, _ body: @Sendable (Hook, String) async throws -> Result
    ) async throws -> Result {
        let hook = Hook()
        let router = Router()
        router.post("/hook") { request, _ in
            var request = request
            let bytes = try await request.collectBody(upTo: 12 << 20)
            let json = try JSONValue(parsing: bytes.readableBytesView)
            hook.taken.withLock { $0.append(Delivery(headers: request.headers, body: json)) }
            return status
        }
        let (ports, signal) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { signal.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "hook") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports {
                defer { group.cancelAll() }
                return try await body(hook, "http://127.0.0.1:\(port)/hook")
            }
            throw CancellationError()
        }
    }
}
