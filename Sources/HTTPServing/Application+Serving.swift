public import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTP1
import ServiceLifecycle

extension Application {
    /// Serves until the task is cancelled, as `run()` does, but sleeps while nobody calls.
    ///
    /// Hummingbird's own `run()` keeps the text of the `Date` header in a cache that it makes anew each second, all day long; a
    /// dashboard with nothing to do has to leave the processor alone. Here the text is made with each answer.
    /// - Throws: what binding the address throws.
    public func serve() async throws {
        let (responder, logger, name) = (responder, logger, configuration.serverName)
        let server = try server.buildServer(
            configuration: ServerConfiguration(
                address: configuration.address, serverName: name, backlog: configuration.backlog,
                reuseAddress: configuration.reuseAddress,
                availableConnectionsDelegate: configuration.availableConnectionsDelegate),
            eventLoopGroup: eventLoopGroup, logger: logger,
            responder: { request, writer, channel in
                let context = Responder.Context(source: .init(channel: channel, logger: logger))
                var response = try await answer(request, context, by: responder)
                response.headers[.date] = DateHeader.now
                if let name { response.headers[.server] = name }
                do {
                    try await writer.write(response: response.head, body: response.body)
                } catch is HTTPParserError {
                    // Thrown on as it is, it would have a second answer written after this one.
                    throw BrokenRequest()
                }
            },
            onServerRunning: { await onServerRunning($0) })
        try await server.run()
    }

    private func answer(_ request: Request, _ context: Responder.Context, by responder: Responder) async throws -> Response {
        do {
            return try await responder.respond(to: request, context: context)
        } catch let error as HTTPParserError {
            throw error
        } catch {
            // Handlers make their own answers of what they expect; this is what none of them did.
            return Response(status: .internalServerError)
        }
    }
}

/// The rest of a request could not be read while it was being answered.
private struct BrokenRequest: Error {}
