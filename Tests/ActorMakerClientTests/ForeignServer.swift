import ActorMakerClient
import ActorMakerTestSupport
import HTTPTypes
import Hummingbird
import JSONText
import Logging
import NIOCore
import Synchronization

/// A server that is not ours: it answers what a test tells it to, and keeps what it was asked.
final class ForeignServer: Sendable {
    struct Reply: Sendable {
        var status = 200
        var text: String
        var headers: [(String, String)] = []

        static func json(_ value: JSONValue, status: Int = 200) -> Reply { Reply(status: status, text: value.text()) }
        static let page = Reply(text: "<!doctype html><title>Actor Maker</title>")
    }

    private let calls = Mutex<[String]>([])
    private let answer: @Sendable (_ call: String, _ body: JSONValue?) async -> Reply

    /// - Parameter answer: gets `GET /api/actors` and the body, where it is JSON.
    init(_ answer: @escaping @Sendable (_ call: String, _ body: JSONValue?) async -> Reply) { self.answer = answer }

    var asked: [String] { calls.withLock { $0 } }

    @discardableResult
    func calling<Result: Sendable>(_ body: @escaping @Sendable (ServerConnection) async throws -> Result) async throws -> Result {
        try await serving { onRunning in
            try await self.run(onRunning)
        } _: { port in
            let connection = try ServerConnection(base: "http://127.0.0.1:\(port)", clock: InstantClock())
            do {
                let result = try await body(connection)
                await connection.shutdown()
                return result
            } catch {
                await connection.shutdown()
                throw error
            }
        }
    }

    private func run(_ onRunning: @escaping @Sendable (Int) async -> Void) async throws {
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            let call = "\(request.method) \(request.uri.path)"
            self.calls.withLock { $0.append(call) }
            let buffer = try await request.body.collect(upTo: 1 << 20)
            let reply = await self.answer(call, try? JSONValue(parsing: buffer.readableBytesView))
            var response = Response(
                status: .init(code: reply.status), body: ResponseBody(byteBuffer: ByteBuffer(string: reply.text)))
            for (name, value) in reply.headers {
                if let name = HTTPField.Name(name) { response.headers[name] = value }
            }
            return response
        }
        var logger = Logger(label: "foreign")
        logger.logLevel = .critical
        let application = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { await onRunning($0.localAddress?.port ?? 0) }, logger: logger)
        do { try await application.runService(gracefulShutdownSignals: []) } catch is CancellationError { return }
    }
}
