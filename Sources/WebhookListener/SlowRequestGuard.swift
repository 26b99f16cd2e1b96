import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request has not come in whole in time, or does not end: a caller that drips a byte now and then must not
/// hold one of the few connections, nor one whose body was refused and that goes on sending.
final class SlowRequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let patience: TimeAmount
    private let byteLimit: Int
    private var timer: Scheduled<Void>?
    private var bytes = 0

    /// - Parameter bodyLimit: bytes that are read; what is sent beyond twice that ends the connection without an answer.
    init(patience: Duration, bodyLimit: Int) {
        self.patience = TimeAmount(patience)
        byteLimit = 2 * bodyLimit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { startTimer(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { stopTimer() }

    func channelActive(context: ChannelHandlerContext) {
        startTimer(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopTimer()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: bytes = 0
        case .body(let part):
            bytes += part.readableBytes
            guard bytes <= byteLimit else { return context.close(promise: nil) }
        case .end: stopTimer()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            // A caller that was answered before its request had ended gets a moment to read the answer: closing at once, with bytes of
            // it unread, would take the answer away again.
            let isAnsweredEarly = timer != nil
            stopTimer()
            startTimer(context, isAnsweredEarly ? min(patience, .seconds(1)) : patience)
        }
        context.write(data, promise: promise)
    }

    private func startTimer(_ context: ChannelHandlerContext, _ time: TimeAmount? = nil) {
        guard timer == nil else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: time ?? patience) { context.close(promise: nil) }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
    }
}
