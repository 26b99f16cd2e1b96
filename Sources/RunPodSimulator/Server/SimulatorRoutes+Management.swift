import Foundation
import Hummingbird
import JSONText
import NIOCore
import RunPod
import Training
import TrainingPorts

/// The management API: `api.runpod.io/v2` and its GraphQL, on the same port. A path of it is never one of the queue's, for no
/// endpoint is called `serverless` or `catalog`.
extension SimulatorRoutes {
    func addManagement(to router: Router<Context>) {
        router.get("/v2/serverless/:id") { request, context in
            try await reading(request, context) { await host.looking(at: $0) { endpoint, _ in .ok(endpoint.facts()) } }
        }
        router.get("/v2/serverless/:id/workers") { request, context in
            try await reading(request, context) {
                await host.looking(at: $0) { endpoint, now in .ok(endpoint.workerList(at: now)) }
            }
        }
        router.get("/v2/catalog/gpus") { request, context in
            try await reading(request, context) { _ in .ok(SimulatedAccount.catalogue) }
        }
        router.get("/v2/billing/serverless") { request, context in
            try await reading(request, context) { _ in
                let name = request.uri.queryParameters["serverlessId"].map { String($0) } ?? ""
                return await host.looking(at: name) { endpoint, now in .ok(endpoint.bills(at: now)) }
            }
        }
        router.post("/graphql") { request, context in
            try await reading(request, context) { _ in .ok(await host.account) }
        }
        router.get("/v2/serverless/:id/workers/:worker/logs") { request, context -> Response in
            guard isAuthorised(request) else { return Response.json(.unauthorised) }
            return await log(request, context)
        }
    }

    private func reading(
        _ request: Request, _ context: Context, _ answer: (String) async throws -> SimulatedReply
    ) async throws -> Response {
        await host.noteRequest()
        guard isAuthorised(request) else { return .json(.unauthorised) }
        return .json(try await answer(context.parameters.get("id")?.removingPercentEncoding ?? ""))
    }

    /// A stream of events that ends when the worker is gone; nothing is sent while nothing is logged.
    private func log(_ request: Request, _ context: Context) async -> Response {
        let query = request.uri.queryParameters
        let name = context.parameters.get("id")?.removingPercentEncoding ?? ""
        let worker = context.parameters.get("worker")?.removingPercentEncoding ?? ""
        let source = query["source"].map { String($0) } ?? "container"
        let resumed =
            request.headers.first { $0.name.canonicalName == "last-event-id" }?.value ?? query["since"].map { String($0) }
        var after = resumed.flatMap { Timestamp(parsing: $0) }
        let tail = query["tail"].flatMap { Int($0) }.map { min(5000, max(0, $0)) }
        guard let first = await host.log(name, worker, source, after: after, tail: after == nil ? tail : nil) else {
            return .json(.problem(404, "worker not found"))
        }
        after = first.reading.lines.last?.time ?? after ?? first.now
        let (start, place) = (first, after)
        let body = ResponseBody { writer in
            var (step, after) = (start, place)
            while true {
                let text = step.reading.lines.map(\.event).joined()
                if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                if step.reading.isOver { break }
                try await Task.sleep(for: step.pause, clock: .continuous)
                await host.noteRequest()
                guard let next = await host.log(name, worker, source, after: after, tail: nil) else { break }
                after = next.reading.lines.last?.time ?? after
                step = next
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "text/event-stream"], body: body)
    }
}

extension SimulatedLogLine {
    /// As one event; the data is JSON, so a carriage return in the line does not end it.
    fileprivate var event: String {
        let data: JSONValue = ["source": .string(source), "line": .string(text), "ts": .string(time.description)]
        return "id: \(time)\ndata: \(data.text())\n\n"
    }
}

extension SimulatedReply {
    static let unauthorised = refused(401, "unauthorized")

    /// The management API's form of an error.
    static func problem(_ status: Int, _ words: String) -> SimulatedReply {
        let body: JSONValue = ["title": .string(words), "status": .integer(status), "detail": .string(words), "errors": []]
        return SimulatedReply(status: status, type: "application/problem+json", body: body.text())
    }
}
