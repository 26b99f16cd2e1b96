import NIOCore
import NIOPosix
import Synchronization

/// Takes a whole request and closes the connection without a word, as a server does that dies while it works.
final class CutServer: Sendable {
    private let requests = Mutex(0)

    var count: Int { requests.withLock { $0 } }

    func start() async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Handler(server: self)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let server: CutServer
        private var text = ""

        init(server: CutServer) { self.server = server }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            guard text.hasSuffix("}}") else { return }
            server.requests.withLock { $0 += 1 }
            context.close(promise: nil)
        }
    }
}
