import AsyncHTTPClient
import Foundation
import JSONText
import NIOCore
import NIOHTTP1
public import TrainingPorts

/// The way to one Actor Maker server. Follows no redirect, waits no longer than it must, takes no more than it should.
public final class ServerConnection: Sendable {
    /// The server's address, without a slash at its end.
    public let base: String
    let clock: any Clock<Duration>
    let saving = Turn()
    private let shared: HTTPClient
    /// For what costs money: a connection that was used before may be dead already, and then nothing tells whether the order arrived.
    private let unused: HTTPClient

    static let answerLimit = 64 << 20

    /// - Parameters:
    ///   - base: such as `http://localhost:5173`.
    ///   - clock: for the pauses between attempts to read.
    /// - Throws: `PortError` where that is no address of a server.
    public init(base: String, clock: any Clock<Duration> = ContinuousClock()) throws(PortError) {
        let trimmed = String(base.reversed().drop { $0 == "/" }.reversed())
        guard let url = URL(string: trimmed), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false,
            url.user == nil, url.query == nil, url.fragment == nil
        else { throw PortError(.refused, "“\(base)” is no address of a server. Give one such as http://localhost:5173.") }
        self.base = trimmed
        self.clock = clock
        shared = HTTPClient(configuration: ServerConnection.configuration())
        var once = ServerConnection.configuration()
        once.maximumUsesPerConnection = 1
        unused = HTTPClient(configuration: once)
    }

    private static func configuration() -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(3), read: .seconds(60)))
        // A dead server shall be told at once, not after the deadline.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }

    /// Closes all connections; the last call to make.
    public func shutdown() async {
        for client in [shared, unused] {
            // Fails only where it was closed before.
            try? await client.shutdown()
        }
    }

    enum Method { case get, post }

    /// One request and its whole answer, sent once.
    /// - Parameter isUnused: on a connection that nothing was sent on before.
    func exchange(
        _ method: Method, _ path: String, body: JSONValue? = nil, deadline: Duration = .seconds(20), isUnused: Bool = false
    ) async throws(ConnectionFault) -> ServerAnswer {
        var request = HTTPClientRequest(url: base + path)
        request.method = method == .get ? .GET : .POST
        request.headers.add(name: "Accept", value: "application/json")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body.text()))
        }
        do {
            let response = try await (isUnused ? unused : shared).execute(request, timeout: TimeAmount(deadline))
            let buffer = try await response.body.collect(upTo: ServerConnection.answerLimit)
            return ServerAnswer(
                status: Int(response.status.code), bytes: Array(buffer.readableBytesView),
                retryAfter: response.headers.first(name: "Retry-After"))
        } catch {
            throw ConnectionFault(error)
        }
    }
}
