import ActorMakerClient
import Foundation
import Orchestration
import Synchronization
import SystemSurroundings
import Training
import TrainingPorts
import Tunnel
import WebhookListener

/// How RunPod's webhook reaches us: through our own listener, through the server's where we use one, or not at all.
struct WebhookDoor: Sendable {
    let route: any WebhookRoute
    private let key: WebhookKey?
    /// The port that was used last, so that webhooks of jobs already sent still arrive after a restart.
    private let portFile: String
    private let wishedPort: Int?
    /// The way from outside to the port that the listener got; nil until it has one.
    private let way: Way
    private let tunnel: TunnelWay?

    final class Way: Sendable {
        private let ensure = Mutex<(@Sendable () async -> RouteState)?>(nil)

        func lead(_ way: @escaping @Sendable () async -> RouteState) { ensure.withLock { $0 = way } }

        func state() async -> RouteState {
            guard let ensure = ensure.withLock({ $0 }) else { return .down("the webhook's listener is not running") }
            return await ensure()
        }
    }

    init(
        _ source: Source, _ access: StateAccess, _ settings: Settings, port: Int?, isSimulated: Bool, server: ServerConnection?
    ) throws(Failure) {
        let way = Way()
        self.way = way
        wishedPort = port
        portFile = access.folder + "/webhook.port"
        if let server, !isSimulated {
            // The server's own tunnel and webhook are used, as the script did.
            (route, key, tunnel) = (ServerTunnel(connection: server), nil, nil)
            return
        }
        let key: WebhookKey
        do { key = try WebhookKey.load(orCreateAt: access.folder + "/webhook.key") } catch { throw Failure(error) }
        self.key = key
        route = ListenerRoute(key: key) { await way.state() }
        tunnel = isSimulated && settings.publicURL == nil ? nil : try WebhookDoor.tunnelWay(settings)
    }

    static func tunnelWay(_ settings: Settings) throws(Failure) -> TunnelWay {
        if let address = settings.publicURL { return .fixed(address) }
        let environment = ProcessInfo.processInfo.environment
        func program(_ name: String) -> String? {
            let folders = (environment["PATH"] ?? "").split(separator: ":")
            return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        }
        switch settings.tunnel {
        case "ngrok":
            return .ngrok(
                NgrokSettings(
                    api: settings.ngrokAPI, program: program("ngrok"), token: settings.ngrokToken, environment: environment))
        case "cloudflared":
            return .cloudflared(
                CloudflaredSettings(
                    metrics: settings.cloudflaredMetrics, program: program("cloudflared"), environment: environment))
        case "none": return .none("no tunnel is wanted (ACTOR_TRAINER_TUNNEL=none)")
        case let other:
            throw Failure(.usage, "ACTOR_TRAINER_TUNNEL takes ngrok, cloudflared or none, and not “\(other)”")
        }
    }

    /// Starts the listener, where it is ours, in a task of the caller's.
    func open(for engine: TrainingOrchestrator, start: (@escaping @Sendable () async throws -> Void) -> Void) async {
        guard let key else { return }
        let remembered = (try? String(contentsOfFile: portFile, encoding: .utf8)).flatMap {
            Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        let listener = WebhookListener(
            key: key, receiver: engine, isKnown: { await engine.knows($0) },
            onRefusal: { request, text in await engine.note(text, .warning, about: request) })
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let (portFile, wished) = (portFile, wishedPort)
        start {
            defer { found.finish() }
            do {
                try await listener.run(port: wished ?? remembered ?? 0) { found.yield($0) }
            } catch  where wished == nil && remembered != nil {
                // Webhooks of jobs already sent are lost then, and polling tells their end.
                await engine.note("\(error)", .warning)
                try await listener.run(port: 0) { found.yield($0) }
            }
        }
        for await port in ports {
            lead(to: port, key, start)
            try? String(port).write(toFile: portFile, atomically: true, encoding: .utf8)
            return
        }
    }

    private func lead(to port: Int, _ key: WebhookKey, _ start: (@escaping @Sendable () async throws -> Void) -> Void) {
        guard let tunnel else {
            way.lead { ListenerRoute.loopback(port: port) }
            return
        }
        let route = TunnelRoute(way: tunnel, port: port, random: SystemRandom()) { key.answer(toNonce: $0) }
        way.lead { await route.ensure() }
        start {
            await route.run()
            // It ends at once where no agent is ours to run; its connections are needed until the end all the same.
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(86_400), clock: .continuous) }
            await route.shutdown()
        }
    }
}
