import JSONText
public import Training
public import TrainingPorts

/// The tunnel of an Actor Maker server, which leads to that server's own webhook.
public struct ServerTunnel: TunnelControl, WebhookRoute {
    let connection: ServerConnection

    public init(connection: ServerConnection) { self.connection = connection }

    public func status() async -> TunnelStatus {
        (try? await ask()) ?? TunnelStatus(running: false)
    }

    public func start() async throws(PortError) -> TunnelStatus {
        let answer = try await connection.post("/api/ngrok/start", deadline: .seconds(60))
        guard answer["success"]?.bool == true else {
            throw PortError(.refused, answer["error"]?.string ?? answer["message"]?.string ?? "The server could not start ngrok.")
        }
        return TunnelStatus(running: true, url: answer["url"]?.string, port: ServerTunnel.port(answer))
    }

    public func stop() async throws(PortError) {
        let answer = try await connection.post("/api/ngrok/stop")
        guard answer["success"]?.bool == true else {
            throw PortError(.refused, answer["error"]?.string ?? "The server could not stop ngrok.")
        }
    }

    public func ensure() async -> RouteState {
        do throws(PortError) {
            let status = try await ask()
            let running = status.running ? status : try await start()
            guard let url = running.url else { return .down("The server says that ngrok runs, and not under which address.") }
            return .up(
                address: url, detail: status.running ? "ngrok of \(connection.base)" : "ngrok, started by \(connection.base)")
        } catch {
            return .down(error.message)
        }
    }

    /// The server binds its webhook by what is in the message, not by the address: it is the same for every request.
    public func address(for request: RequestID) async -> String? {
        guard let url = await status().url else { return nil }
        return (url.hasSuffix("/") ? String(url.dropLast()) : url) + "/api/training-webhook"
    }

    private func ask() async throws(PortError) -> TunnelStatus {
        let answer = try await connection.get("/api/ngrok/status")
        guard let running = answer["running"]?.bool else {
            throw connection.notActorMaker("/api/ngrok/status does not say whether it runs")
        }
        return TunnelStatus(running: running, url: answer["url"]?.string, port: ServerTunnel.port(answer))
    }

    private static func port(_ answer: JSONValue) -> Int? { answer["port"]?.int ?? answer["port"]?.string.flatMap { Int($0) } }
}
