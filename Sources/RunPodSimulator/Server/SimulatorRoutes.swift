import Foundation
import Hummingbird
import JSONText
import NIOCore
import NIOHTTP1
import RunPod
import Training
import TrainingPorts

/// The way from HTTP to the host and back.
struct SimulatorRoutes: Sendable {
    let host: SimulatorHost
    let caller: WebhookCaller

    /// Keeps the connection, which one of the faults closes instead of answering.
    struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            channel = source.channel
        }
    }

    var router: Router<Context> {
        let router = Router(context: Context.self)
        for (method, path) in [(HTTPRequest.Method.get, "status"), (.post, "status"), (.post, "cancel"), (.post, "retry")] {
            router.on("/v2/:endpoint/\(path)/:job", method: method) { request, context in
                try await queueCall(request, context) { body, job in SimulatorRoutes.call(path, job) }
            }
        }
        router.get("/v2/:endpoint/health") { request, context in try await queueCall(request, context) { _, _ in .health } }
        router.post("/v2/:endpoint/purge-queue") { request, context in try await queueCall(request, context) { _, _ in .purge } }
        router.post("/v2/:endpoint/run") { request, context in
            try await queueCall(request, context) { body, _ in (try? JSONValue(parsing: body)).map { .run($0) } }
        }
        addManagement(to: router)
        addControl(to: router)
        return router
    }

    private static func call(_ path: String, _ job: String) -> SimulatorCall {
        switch path {
        case "cancel": .cancel(job)
        case "retry": .retry(job)
        default: .status(job)
        }
    }

    private func queueCall(
        _ request: Request, _ context: Context, _ read: ([UInt8], String) -> SimulatorCall?
    ) async throws -> Response {
        await host.noteRequest()
        guard isAuthorised(request) else { return .json(.unauthorised) }
        guard let endpoint = context.parameters.get("endpoint")?.removingPercentEncoding else { return .json(.notFound) }
        let job = context.parameters.get("job").flatMap(\.removingPercentEncoding) ?? ""
        var request = request
        let body: [UInt8]
        do {
            body = Array(try await request.collectBody(upTo: RunPodLimits.requestBytes).readableBytesView)
        } catch is NIOTooManyBytesError {
            return .json(.refused(413, "the body is larger than 10 MiB"))
        }
        guard let call = read(body, job) else { return .json(.refused(400, "the body is not valid JSON")) }
        let reply = await host.answer(call, endpoint: endpoint)
        return try await response(to: reply, endpoint: endpoint, context)
    }

    func isAuthorised(_ request: Request) -> Bool {
        let words = request.headers[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
        guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
        let key = Secret(words[1].trimmingPrefix(" ").description)
        let configuration = host.configuration
        return !key.isEmpty && key != configuration.wrongKey && !configuration.settings.has(.keyRefused)
    }

    private func response(to reply: SimulatedReply, endpoint: String, _ context: Context) async throws -> Response {
        for call in reply.earlyCalls { await host.deliver(call, endpoint: endpoint, by: caller) }
        if reply.isSlow { try await Task.sleep(for: host.configuration.slowAnswer, clock: .continuous) }
        if reply.isLost { try await context.channel.close().get() }
        return .json(reply)
    }
}

extension SimulatorHost {
    /// Makes a call and takes down how it went. One that a stop has cut off is made again after the next start.
    func deliver(_ call: WebhookCall, endpoint: String, by caller: WebhookCaller) async {
        let taken = await caller.make(call)
        if Task.isCancelled && !taken { return }
        _ = answer(.webhookAnswered(job: call.job, number: call.number, taken: taken), endpoint: endpoint)
    }
}

extension Response {
    static func json(_ reply: SimulatedReply) -> Response {
        var headers: HTTPFields = [.contentType: reply.type]
        if let pause = reply.retryAfter { headers[.retryAfter] = String(pause) }
        return Response(
            status: .init(code: reply.status), headers: headers, body: .init(byteBuffer: ByteBuffer(string: reply.body)))
    }
}
