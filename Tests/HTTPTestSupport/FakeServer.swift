public import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix

/// A server whose answers a test sets: RunPod, an ngrok agent's API, the public end of a tunnel, or S3.
public struct FakeServer: Sendable {
    public struct Answer: Sendable {
        public var status: Int
        public var headers: HTTPFields
        public var bytes: [UInt8]

        public init(status: Int = 200, headers: HTTPFields = [:], body: String = "") {
            self.init(status: status, headers: headers, bytes: Array(body.utf8))
        }

        public init(status: Int = 200, headers: HTTPFields = [:], bytes: [UInt8]) {
            self.status = status
            self.headers = headers
            self.bytes = bytes
        }
    }

    /// A port of this machine that was free a moment ago. None of those that the system gives to connections that go out: a free one of
    /// them may be somebody's the moment after.
    public static func freePort() async throws -> Int {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        for _ in 0..<50 {
            let port = Int.random(in: 20_000..<32_000)
            guard let channel = try? await bootstrap.bind(host: "127.0.0.1", port: port).get() else { continue }
            try await channel.close().get()
            return port
        }
        throw NoFreePort()
    }

    private struct NoFreePort: Error {}

    public let port: Int
    public var base: String { "http://127.0.0.1:\(port)" }

    /// Serves for the length of one test. `answer` is given the path; nil is a 404 without a body.
    public static func with<Value: Sendable>(
        _ answer: @escaping @Sendable (String) -> Answer?, _ test: @escaping @Sendable (FakeServer) async throws -> Value
    ) async throws -> Value? {
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            guard let answer = answer(request.head.path ?? "") else { return Response(status: .notFound) }
            // A HEAD is told of what it does not get.
            let body =
                request.method == .head
                ? ResponseBody(contentLength: answer.bytes.count) { try await $0.finish(nil) }
                : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.bytes))
            return Response(status: .init(code: answer.status), headers: answer.headers, body: body)
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
