import Foundation
import HTTPServing
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
public import Training
public import TrainingPorts

/// The only thing that a tunnel leads to: `POST /hook/<token>` and `GET /nonce/<n>` on the loopback address, and nothing else.
///
/// RunPod signs nothing, so a message is believed to be about a request because it came to that request's secret address; it is a
/// hint all the same, which the engine confirms.
public struct WebhookListener: Sendable {
    /// What a caller may take of us.
    public struct Limits: Hashable, Sendable {
        /// Bytes of a body: RunPod sends the whole input back, up to 10 MB, and the result.
        public var body: Int
        /// How long a request may take to come in, from the connection's opening or the last answer.
        public var patience: Duration
        /// How many connections at once; more wait.
        public var connections: Int

        public init(body: Int = 12 << 20, patience: Duration = .seconds(10), connections: Int = 16) {
            self.body = body
            self.patience = patience
            self.connections = connections
        }
    }

    private let responder: WebhookResponder
    private let limits: Limits

    /// - Parameters:
    ///   - isKnown: whether messages about a request are still wanted; all others get the 404 that a wrong token gets.
    ///   - onRefusal: told of a message with a right token that was turned away, in a sentence without any secret.
    public init(
        key: WebhookKey, receiver: any WebhookReceiver, limits: Limits = Limits(),
        isKnown: @escaping @Sendable (Training.RequestID) async -> Bool,
        onRefusal: @escaping @Sendable (Training.RequestID, String) async -> Void = { _, _ in }
    ) {
        self.limits = limits
        responder = WebhookResponder(key: key, receiver: receiver, bodyLimit: limits.body, isKnown: isKnown, onRefusal: onRefusal)
    }

    /// Listens until the task is cancelled.
    /// - Parameters:
    ///   - port: the port of the last run, so that addresses which RunPod was given stay good; 0 takes any free one.
    ///   - onBound: called once, with the port on which it listens.
    /// - Throws: `PortError` where the port cannot be had.
    public func run(port: Int, onBound: @escaping @Sendable (Int) async -> Void = { _ in }) async throws(PortError) {
        let (limits, responder) = (limits, responder)
        // Hummingbird's own log could name a path, and the path is the secret.
        let silence = Logger(label: "webhook") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in await responder.respond(to: request) },
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [SlowRequestGuard(patience: limits.patience, bodyLimit: limits.body)],
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 16 << 10, maxHeaderFieldCount: 64))),
            configuration: .init(
                address: .hostname("127.0.0.1", port: port), backlog: 64,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: silence)),
            onServerRunning: { await onBound($0.localAddress?.port ?? port) }, logger: silence)
        do {
            try await application.serve()
        } catch {
            guard !Task.isCancelled, !(error is CancellationError) else { return }
            throw WebhookListener.cannotListen(port, error)
        }
    }

    private static func cannotListen(_ port: Int, _ error: any Error) -> PortError {
        if let error = error as? IOError, error.errnoCode == EADDRINUSE {
            return PortError(
                .refused,
                "port \(port), on which webhooks came in before, is taken by another program; end that, or choose another port with "
                    + "--webhook-port (trainings that run already are then followed by polling)", cause: error)
        }
        return PortError(.refused, "cannot listen for webhooks on port \(port): \(error)", cause: error)
    }
}
