import HTTPServing
import Hummingbird
import JSONText
import Logging
import NIOCore
public import TrainingPorts

/// RunPod's queue API and its management API on this machine, with simulated workers behind them.
///
/// `run()` is its whole life: it returns after `POST /simulator/stop`, when its task is cancelled, or when it is idle and was started
/// with `exitWhenIdle`. Jobs that are open then go on, in their own time, at the next start with the same state folder.
public struct SimulatorServer: Sendable {
    private let host: SimulatorHost
    private let configuration: SimulatorConfiguration
    private let onListening: @Sendable (SimulatorAddress) async -> Void

    /// - Parameter onListening: called once, when calls are taken and `simulator.json` is written.
    /// - Throws: `PortError` where the state folder is in use or cannot be written.
    public init(
        _ configuration: SimulatorConfiguration, onListening: @escaping @Sendable (SimulatorAddress) async -> Void = { _ in }
    ) throws(PortError) {
        self.configuration = configuration
        self.onListening = onListening
        host = try SimulatorHost(configuration)
    }

    /// - Throws: `PortError` where the port is in use.
    public func run() async throws {
        try await host.prepare()
        let before = StateFolder.json(configuration.stateDirectory, "simulator.json")?["port"]?.int
        guard configuration.port == 0, let before else {
            try await serve(on: configuration.port)
            return
        }
        do {
            try await serve(on: before)
        } catch let error as PortError where error.code == .conflict {
            try await serve(on: 0)
        }
    }

    private func serve(on port: Int) async throws {
        let caller = WebhookCaller()
        let application = Application(
            router: SimulatorRoutes(host: host, caller: caller).router,
            configuration: .init(address: .hostname(configuration.host, port: port)),
            onServerRunning: { channel in await announce(channel.localAddress?.port ?? port) },
            logger: configuration.logger)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await application.serve() }
                group.addTask { await drive(caller) }
                try await group.next()
                group.cancelAll()
            }
        } catch is CancellationError {
            // The end that was asked for.
        } catch let error as IOError {
            await caller.shutdown()
            throw PortError(.conflict, "the port \(port) of \(configuration.host) cannot be used", cause: error)
        }
        await caller.shutdown()
    }

    @Sendable private func announce(_ port: Int) async {
        do { try await host.announce(port: port) } catch { configuration.logger.error("\(error)") }
        await onListening(SimulatorAddress(host: configuration.host, port: port))
    }

    /// Sleeps until something is due, and makes the calls that are. With nothing to come it sleeps until it is woken.
    private func drive(_ caller: WebhookCaller) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for (endpoint, call) in await host.due() {
                    group.addTask { await host.deliver(call, endpoint: endpoint, by: caller) }
                }
                if await host.isOver() { break }
                await host.wake.wait(for: await host.pause())
            }
            group.cancelAll()
        }
    }
}

/// Where a simulator listens.
public struct SimulatorAddress: Hashable, Sendable {
    public let host: String
    public let port: Int

    public init(host: String = "127.0.0.1", port: Int) {
        self.host = host
        self.port = port
    }

    /// `http://127.0.0.1:PORT`
    public var url: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
    /// What `RUNPOD_API_BASE`, `RunPodClient` and `RunPodManagementClient` want: `http://127.0.0.1:PORT/v2`.
    public var base: String { url + "/v2" }
    /// Where the balance is asked for.
    public var graphQL: String { url + "/graphql" }
}
