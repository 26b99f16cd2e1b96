import RunPod
import Testing
import Training
import TrainingPorts

@Suite struct WatchingTests {
    func with<Result: Sendable>(
        _ status: String, _ body: String, headers: String = "", _ call: (RunPodClient) async -> Result
    ) async throws -> (result: Result, sent: String) {
        try await RawServer.with(.answer(RawServer.json(status, body, headers: headers))) { server in
            let patience = RunPodClient.Patience(call: .seconds(5))
            let client = RunPodClient(
                base: "http://127.0.0.1:\(server.port)/v2/", endpoint: "ep", key: Secret("k3y-k3y"), patience: patience)
            let result = await call(client)
            await client.shutdown()
            return (result, server.tally.text)
        }
    }

    @Test("a job's id goes into the path as it is, percent-encoded")
    func idInPath() async throws {
        let (_, sent) = try await with("200 OK", #"{"status":"IN_QUEUE"}"#) { await $0.status(of: RunPodID("a/b ü?-e2")) }
        #expect(sent.hasPrefix("GET /v2/ep/status/a%2Fb%20%C3%BC%3F-e2 HTTP/1.1\r\n"))
    }

    @Test("a job is asked for and cancelled at the endpoint to which it was sent; a server's address is none")
    func otherEndpoint() async throws {
        let job = RunPodID("j-e1")
        let status = try await with("200 OK", #"{"status":"IN_QUEUE"}"#) { await $0.status(of: job, at: "other") }
        #expect(status.sent.hasPrefix("GET /v2/other/status/j-e1 HTTP/1.1\r\n"))
        let cancel = try await with("200 OK", #"{"status":"CANCELLED"}"#) { await $0.cancel(job, at: "other") }
        #expect(cancel.sent.hasPrefix("POST /v2/other/cancel/j-e1 HTTP/1.1\r\n"))
        let server = try await with("200 OK", #"{"status":"IN_QUEUE"}"#) { await $0.status(of: job, at: "http://localhost:5173") }
        #expect(server.sent.hasPrefix("GET /v2/ep/status/j-e1 HTTP/1.1\r\n"))
    }

    @Test("a 404 without the API's own words says nothing about a job", arguments: ["<html>", "", "404 page not found", "{}"])
    func strayed(body: String) async throws {
        guard case .failed(let words) = try await with("404 Not Found", body, { await $0.status(of: RunPodID("x")) }).result,
            case .failed = try await with("404 Not Found", body, { await $0.cancel(RunPodID("x")) }).result
        else {
            Issue.record("taken for RunPod's word")
            return
        }
        #expect(words.hasSuffix("check RUNPOD_API_BASE"))
    }

    @Test("status codes of a status call keep their meaning")
    func statusCodes() async throws {
        let id = RunPodID("x")
        func status(_ line: String, _ body: String, headers: String = "") async throws -> StatusAnswer {
            try await with(line, body, headers: headers) { await $0.status(of: id) }.result
        }
        #expect(
            try await status("404 Not Found", #"{"error":"job not found"}"#) == .notFound("RunPod answered 404: job not found"))
        #expect(try await status("401 Unauthorized", "") == .refused("RunPod answered 401 without a reason"))
        #expect(
            try await status("429 Slow", #"{"message":"slow"}"#, headers: "retry-after: 3\r\n")
                == .throttled("RunPod answered 429: slow", retryAfter: .seconds(3)))
        #expect(try await status("500 Oh", #"{"error":"redis err"}"#) == .failed("RunPod answered 500: redis err"))
        #expect(try await status("200 OK", #"{"id":"x"}"#) == .failed("RunPod's answer has no status"))
        guard case .failed = try await status("200 OK", "{") else {
            Issue.record("half an answer is no answer")
            return
        }
    }

    @Test("an answer larger than any answer is a failure and not a full memory")
    func largeBody() async throws {
        let (answer, _) = try await with("200 OK", String(repeating: " ", count: 3 << 20)) { await $0.status(of: RunPodID("x")) }
        guard case .failed(let words) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(words.contains("more than can be an answer"))
    }

    @Test("a cancellation is a POST and tells the state")
    func cancel() async throws {
        let (answer, sent) = try await with("200 OK", #"{"id":"x","status":"CANCELLED"}"#) { await $0.cancel(RunPodID("x")) }
        #expect(answer == .taken(RunPodObservation(state: .cancelled)))
        #expect(sent.hasPrefix("POST /v2/ep/cancel/x HTTP/1.1\r\n"))
    }

    @Test("health reads what is there and takes the rest as 0")
    func health() async throws {
        let body = #"{"jobs":{"inQueue":2},"workers":{"idle":1,"throttled":3}}"#
        let (answer, _) = try await with("200 OK", body) { await $0.health() }
        #expect(answer == .known(EndpointHealth(inQueue: 2, idle: 1, throttled: 3)))
    }

    @Test("retry and purge-queue")
    func queue() async throws {
        let refused = try await with("400 Bad", #"{"error":"job is COMPLETED"}"#) { await $0.retry(RunPodID("x")) }.result
        #expect(refused == .refused(status: 400, "RunPod answered 400: job is COMPLETED"))
        let purged = try await with("200 OK", #"{"removed":2,"status":"completed"}"#) { await $0.purgeQueue() }
        #expect(purged.result == .purged(removed: 2))
        #expect(purged.sent.hasPrefix("POST /v2/ep/purge-queue "))
    }
}
