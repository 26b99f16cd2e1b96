import NIOCore
import NIOPosix
import Synchronization

/// A TCP server that answers one request after the other with raw bytes, and keeps what it was sent: what no real S3 can be made to say.
final class ScriptedServer: Sendable {
    let port: Int
    private let channel: any Channel
    private let script: Script

    /// The heads of the requests, in order.
    var requests: [String] { script.state.withLock { $0.requests } }

    private final class Script: Sendable {
        let state: Mutex<(answers: [String], requests: [String])>
        init(_ answers: [String]) { state = Mutex((answers, [])) }
    }

    /// - Parameter answers: the last one again and again.
    init(_ answers: [String]) async throws {
        let script = Script(answers)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { $0.pipeline.addHandler(Connection(script)) }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        self.script = script
    }

    func stop() async throws { try await channel.close().get() }

    static func answer(_ status: String, _ body: String = "", headers: String = "") -> String {
        "HTTP/1.1 \(status)\r\n\(headers)content-length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static func error(_ status: String, _ code: String, _ more: String = "", headers: String = "") -> String {
        answer(status, "<?xml version=\"1.0\"?><Error><Code>\(code)</Code>\(more)</Error>", headers: headers)
    }

    private final class Connection: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        let script: Script
        let pending = Mutex("")

        init(_ script: Script) { self.script = script }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
            let head: String? = pending.withLock { pending in
                pending += text
                guard pending.hasSuffix("\r\n\r\n") else { return nil }
                defer { pending = "" }
                return pending
            }
            guard let head else { return }
            let answer = script.state.withLock { state in
                state.requests.append(head)
                return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
            }
            // An empty answer is a connection that is lost.
            if answer.isEmpty {
                context.close(promise: nil)
            } else {
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            }
        }
    }
}
