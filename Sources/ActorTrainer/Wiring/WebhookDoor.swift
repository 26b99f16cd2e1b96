import ActorMakerClient
import Foundation
import Orchestration
import Synchronization
import Training
import TrainingPorts
import WebhookListener

/// How RunPod's webhook reaches us: through our own listener, through the server's where we use one, or not at all.
struct WebhookDoor: Sendable {
    let route: any WebhookRoute
    private let key: WebhookKey?
    /// The port that was used last, so that webhooks of jobs already sent still arrive after a restart.
    private let portFile: String
    private let wishedPort: Int?
    private let bound: BoundPort

    /// The port on which the listener was found to listen.
    final class BoundPort: Sendable {
        private let value = Mutex<Int?>(nil)
        var port: Int? { value.withLock { $0 } }
        func set(_ port: Int) { value.withLock { $0 = port } }
    }

    init(
        _ source: Source, _ access: StateAccess, _ settings: Settings, port: Int?, isSimulated: Bool, server: ServerConnection?
    ) throws(Failure) {
        let bound = BoundPort()
        self.bound = bound
        wishedPort = port
        portFile = access.folder + "/webhook.port"
        if let server, !isSimulated {
            // The server's own tunnel and webhook are used, as the script did.
            (route, key) = (ServerTunnel(connection: server), nil)
            return
        }
        let key: WebhookKey
        do { key = try WebhookKey.load(orCreateAt: access.folder + "/webhook.key") } catch { throw Failure(error) }
        self.key = key
        let publicURL = settings.publicURL
        route = ListenerRoute(key: key) {
            guard let port = bound.port else { return .down("the webhook's listener is not running") }
            if let publicURL { return .up(address: publicURL, detail: "fixed public address") }
            if isSimulated { return ListenerRoute.loopback(port: port) }
            return .none("no tunnel is set up: set ACTOR_TRAINER_PUBLIC_URL, or start ngrok for port \(port)")
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
        let (bound, portFile, wished) = (bound, portFile, wishedPort)
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
            bound.set(port)
            try? String(port).write(toFile: portFile, atomically: true, encoding: .utf8)
            return
        }
    }
}
