import AsyncHTTPClient
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// The public end of a tunnel on loopback: hands requests on to a port of this machine until it is killed.
final class PublicEnd: Sendable {
    private struct State {
        var target = 0
        var isDead = false
        var carried = 0
    }

    private let state = Mutex(State())
    private let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))

    func lead(to port: Int) { state.withLock { $0.target = port } }
    /// From now on it answers as ngrok's edge does for an agent that has gone.
    func kill() { state.withLock { $0.isDead = true } }
    /// How many webhooks it has carried.
    var carried: Int { state.withLock(\.carried) }

    /// Serves for the length of a body.
    static func with(_ body: @escaping @Sendable (PublicEnd, String) async throws -> Void) async throws {
        let end = PublicEnd()
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in try await end.answer(request) },
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { running.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "end") { _ in SwiftLogNoOpLogHandler() })
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await application.runService(gracefulShutdownSignals: []) }
                for await port in ports {
                    try await body(end, "http://127.0.0.1:\(port)")
                    break
                }
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try await end.client.shutdown()
        try result.get()
    }

    private func answer(_ request: Request) async throws -> Response {
        let path = request.head.path ?? ""
        let (target, isDead) = state.withLock { ($0.target, $0.isDead) }
        guard !isDead else {
            return Response(
                status: .notFound, body: .init(byteBuffer: ByteBuffer(string: "The endpoint is offline. ERR_NGROK_3200")))
        }
        var onward = HTTPClientRequest(url: "http://127.0.0.1:\(target)\(path)")
        onward.method = HTTPMethod(rawValue: request.method.rawValue)
        if request.method == .post {
            onward.headers.add(name: "content-type", value: request.headers[.contentType] ?? "")
            onward.body = .bytes(try await request.body.collect(upTo: 12 << 20))
            state.withLock { $0.carried += 1 }
        }
        let answer = try await client.execute(onward, timeout: .seconds(10))
        let body = try await answer.body.collect(upTo: 1 << 20)
        return Response(status: .init(code: Int(answer.status.code)), body: .init(byteBuffer: body))
    }
}
