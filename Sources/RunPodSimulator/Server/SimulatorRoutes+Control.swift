import Hummingbird
import JSONText
import NIOCore
import Training

/// What only a simulator has, and only for this machine: it tells a folder's path and can be stopped.
extension SimulatorRoutes {
    func addControl(to router: Router<Context>) {
        router.get("/simulator") { _, context in
            try await local(context) { .ok(await host.description.json) }
        }
        router.get("/simulator/accepted") { _, context in
            try await local(context) { .ok(["accepted": .array(await host.accepted.map(\.json))]) }
        }
        router.post("/simulator/scale") { request, context in
            try await local(context) {
                guard let scale = await number("scale", in: request), SimulatedClock.scales.contains(scale) else {
                    return .refused(400, "scale must be a number from 0.01 to 1000000")
                }
                try await host.rescale(to: scale)
                return .ok(await host.description.json)
            }
        }
        router.post("/simulator/skip") { request, context in
            try await local(context) {
                guard let seconds = await number("seconds", in: request), (0...1e8).contains(seconds) else {
                    return .refused(400, "seconds must be a number from 0 up")
                }
                try await host.skip(.seconds(seconds))
                return .ok(await host.description.json)
            }
        }
        router.post("/simulator/stop") { _, context in
            var response = try await local(context) { .ok(["stopping": true]) }
            guard response.status == .ok else { return response }
            let answer = response.body
            response.body = ResponseBody { writer in
                try await answer.write(writer)
                // After the answer has left: a stop closes this connection too.
                await host.stop()
            }
            return response
        }
    }

    private func local(_ context: Context, _ answer: () async throws -> SimulatedReply) async throws -> Response {
        let address = context.channel.remoteAddress?.ipAddress ?? ""
        guard address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.") else { return .json(.notFound) }
        await host.noteRequest()
        return .json(try await answer())
    }

    private func number(_ key: String, in request: Request) async -> Double? {
        var request = request
        guard let body = try? await request.collectBody(upTo: 4096) else { return nil }
        return (try? JSONValue(parsing: body.readableBytesView))?[key]?.double
    }
}
