import Hummingbird
import JSONText
import TrainingPorts

/// The calls about the tunnel, and the one by which a client knows this server from the deployed one.
struct TunnelRoutes: Sendable {
    let tunnel: (any TunnelControl)?
    /// Whether an engine behind this server submits trainings: then it alone must.
    let submits: Bool

    func add(to router: Router<PageContext>) {
        router.get("api/ngrok/status") { _, _ in
            let status = await tunnel?.status() ?? TunnelStatus(running: false)
            return Response.json(["running": .bool(status.running), "url": status.url.json, "port": status.port.json])
        }
        router.post("api/ngrok/start") { _, _ in
            guard let tunnel else { throw Refusal(.internalServerError, "Failed to start ngrok", details: TunnelRoutes.none) }
            do throws(PortError) {
                let status = try await tunnel.start()
                return Response.json(["success": .bool(status.running), "url": status.url.json, "port": status.port.json])
            } catch {
                let hint = "Trainings go on without a tunnel: they are asked for instead."
                return Response.json(
                    ["error": "Failed to start ngrok", "details": .string(error.message), "hint": .string(hint)],
                    status: .internalServerError)
            }
        }
        router.post("api/ngrok/stop") { _, _ in
            guard let tunnel else { return Response.json(["success": true, "message": "ngrok is not running"]) }
            try await answering("Failed to stop ngrok") { () throws(PortError) in try await tunnel.stop() }
            return Response.json(["success": true, "message": "ngrok stopped"])
        }
        router.get("api/actor-trainer") { _, _ in
            Response.json(["name": "actor-trainer", "api": 1, "calls": ["cancel", "retry", "models"], "desk": .bool(submits)])
        }
    }

    static let none = "This server has no tunnel of its own."
}

extension String? {
    fileprivate var json: JSONValue { map(JSONValue.string) ?? .null }
}

extension Int? {
    fileprivate var json: JSONValue { map { .integer($0) } ?? .null }
}
