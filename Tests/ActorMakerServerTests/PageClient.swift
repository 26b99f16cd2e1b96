import ActorMakerServer
import ActorMakerTestSupport
import AsyncHTTPClient
import JSONText
import NIOCore
import NIOHTTP1
import Training
import TrainingPorts

/// Calls the server as a page would, without this program's own client.
struct PageClient: Sendable {
    let port: Int

    struct Answer {
        let status: Int
        let json: JSONValue
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer { try await send(.GET, path, nil, headers) }

    func post(_ path: String, _ body: JSONValue = [:], headers: [String: String] = [:]) async throws -> Answer {
        try await send(.POST, path, body.text(), headers)
    }

    func post(_ path: String, text: String) async throws -> Answer { try await send(.POST, path, text, [:]) }

    private func send(_ method: HTTPMethod, _ path: String, _ body: String?, _ headers: [String: String]) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = method
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let buffer = try await response.body.collect(upTo: 8 << 20)
        return Answer(status: Int(response.status.code), json: try JSONValue(parsing: buffer.readableBytesView))
    }

    /// Serves a project and calls it.
    static func calling<Result: Sendable>(
        _ project: InventedProject, desk: (any TrainingDesk)? = nil, tunnel: (any TunnelControl)? = nil,
        models: (any ModelStore)? = nil, _ body: @escaping @Sendable (PageClient, ProjectFolder) async throws -> Result
    ) async throws -> Result {
        let folder = try ProjectFolder(path: project.path, now: { Samples.time })
        let server = ActorMakerServer(folder: folder, desk: desk, tunnel: tunnel, models: models)
        return try await serving { onRunning in
            try await server.run(port: 0, onRunning: onRunning)
        } _: { port in
            try await body(PageClient(port: port), folder)
        }
    }
}
