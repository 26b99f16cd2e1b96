import NIOCore
import NIOPosix
import Synchronization

/// A TCP server that counts what reaches it and answers with raw bytes, or not at all: what no HTTP server can be made to do.
final class RawServer: Sendable {
    enum Behaviour: Sendable {
        /// Sends these bytes once a whole request is there; keeps the connection.
        case answer(String)
        /// Sends these bytes once a whole request is there, then closes.
        case answerAndClose(String)
        /// Closes as soon as a connection stands.
        case closeAtOnce
        case silent
    }

    struct Tally: Sendable {
        var connections = 0
        var requests = 0
        var received: [UInt8] = []
        var text: String { String(decoding: received, as: UTF8.self) }
    }

    let port: Int
    private let channel: any Channel
    private let counter: Counter

    fileprivate final class Counter: Sendable {
        let tally = Mutex(Tally())
    }

    var tally: Tally { counter.tally.withLock { $0 } }

    init(_ behaviour: Behaviour) async throws {
        let counter = Counter()
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.addHandler(Connection(behaviour, counter))
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        self.counter = counter
    }

    func stop() async throws { try await channel.close().get() }

    static func json(_ status: String, _ body: String, headers: String = "") -> String {
        "HTTP/1.1 \(status)\r\ncontent-type: application/json\r\n\(headers)content-length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// Runs a test with a server and stops it afterwards.
    static func with<Result: Sendable>(_ behaviour: Behaviour, _ body: (RawServer) async throws -> Result) async throws -> Result
    {
        let server = try await RawServer(behaviour)
        do {
            let result = try await body(server)
            try await server.stop()
            return result
        } catch {
            try? await server.stop()
            throw error
        }
    }

    private final class Connection: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        let behaviour: Behaviour
        let counter: Counter
        let pending = Mutex<[UInt8]>([])

        init(_ behaviour: Behaviour, _ counter: Counter) {
            self.behaviour = behaviour
            self.counter = counter
        }

        func channelActive(context: ChannelHandlerContext) {
            counter.tally.withLock { $0.connections += 1 }
            if case .closeAtOnce = behaviour { context.close(promise: nil) }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = Array(unwrapInboundIn(data).readableBytesView)
            counter.tally.withLock { $0.received += bytes }
            let isWhole = pending.withLock { pending in
                pending += bytes
                guard Connection.holdsRequest(pending) else { return false }
                pending = []
                return true
            }
            guard isWhole else { return }
            counter.tally.withLock { $0.requests += 1 }
            switch behaviour {
            case .answer(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            case .answerAndClose(let text):
                context.write(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                context.flush()
                context.close(promise: nil)
            case .closeAtOnce, .silent: break
            }
        }

        static func holdsRequest(_ bytes: [UInt8]) -> Bool {
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
            let head = text[..<end.lowerBound].lowercased()
            guard let mark = head.firstRange(of: "content-length: ") else { return true }
            let length = Int(head[mark.upperBound...].prefix { $0.isNumber }) ?? 0
            return text[end.upperBound...].utf8.count >= length
        }
    }
}
