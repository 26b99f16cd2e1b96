import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// A Hummingbird server without Hummingbird's `Application`, whose `Date` header is renewed every second, requests or not: a simulator
/// that nobody uses should not wake up.
struct QuietServer: Sendable {
    let routes: SimulatorRoutes
    let host: String
    let port: Int
    let logger: Logger
    let onListening: @Sendable (Int) async -> Void

    /// Serves until the task is cancelled.
    /// - Throws: `IOError` where the port cannot be had.
    func run() async throws {
        let responder = routes.router.buildResponder()
        let server = try HTTPServerBuilder.http1().buildServer(
            configuration: .init(address: .hostname(host, port: port)), eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        ) { (request, writer: consuming ResponseWriter, channel) in
            let context = SimulatorRoutes.Context(source: .init(channel: channel, logger: logger))
            let response: Response
            do {
                response = try await responder.respond(to: request, context: context)
            } catch let error as HTTPParserError {
                // Answered with 400 further down.
                throw error
            } catch {
                logger.error("\(error)")
                response = .json(.refused(500, "the simulator failed"))
            }
            try await writer.write(response: response.head, body: response.body)
        } onServerRunning: { channel in
            await onListening(channel.localAddress?.port ?? port)
        }
        try await server.run()
    }
}
