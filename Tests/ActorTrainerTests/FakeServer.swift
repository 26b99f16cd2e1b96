import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A server whose answers a test sets: RunPod, or an ngrok agent's API.
struct FakeServer: Sendable {
    struct Answer: Sendable {
        var status = 200
        var body = ""
    }

    let port: Int
    var base: String { "http://127.0.0.1:\(port)" }

    /// Serves for the length of one test. `answer` is given the path; nil is a 404 without a body.
    static func with<Value: Sendable>(
        _ answer: @escaping @Sendable (String) -> Answer?, _ test: @escaping @Sendable (FakeServer) async throws -> Value
    ) async throws -> Value? {
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            guard let answer = answer(request.head.path ?? "") else { return Response(status: .notFound) }
            return Response(status: .init(code: answer.status), body: .init(byteBuffer: ByteBuffer(string: answer.body)))
        }
        let application = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { running.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "fake") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.runService(gracefulShutdownSignals: []) }
            var value: Value?
            for await port in ports {
                value = try await test(FakeServer(port: port))
                break
            }
            group.cancelAll()
            while await group.nextResult() != nil {}
            return value
        }
    }
}
