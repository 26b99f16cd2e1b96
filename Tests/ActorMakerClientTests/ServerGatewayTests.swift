import ActorMakerServer
import ActorMakerTestSupport
import JSONText
import NIOCore
import NIOPosix
import Testing
import Training
import TrainingPorts

@testable import ActorMakerClient

@Suite("Training through a server")
struct ServerGatewayTests {
    private func answer(_ status: Int, _ text: String) -> ServerAnswer {
        ServerAnswer(status: status, bytes: Array(text.utf8), retryAfter: status == 429 ? "7" : nil)
    }

    @Test(
        "an answer to a submission is what it proves, and uncertain where it proves nothing",
        arguments: [
            (
                200, #"{"success":true,"job_id":"a-e1","status":"IN_QUEUE"}"#,
                SubmissionAnswer.accepted(RunPodID("a-e1"), .inQueue)
            ),
            (200, #"{"success":true,"job_id":"a-e1"}"#, .accepted(RunPodID("a-e1"), .inQueue)),
            (200, #"{"success":true}"#, .uncertain("The server answered 200 without a job id")),
            (200, #"{"job_id":""}"#, .uncertain("The server answered 200 without a job id")),
            (200, "<html>", .uncertain("The server answered 200 without a job id")),
            (400, #"{"error":"Invalid","details":"no workflow"}"#, .rejected(status: 400, "Invalid: no workflow")),
            (404, "<html>", .uncertain("the server answered 404")),
            (408, #"{"error":"slow"}"#, .uncertain("slow")),
            (429, #"{"error":"slow down"}"#, .throttled("slow down", retryAfter: .seconds(7))),
            (500, #"{"error":"Failed to start training","details":"timeout"}"#, .uncertain("Failed to start training: timeout")),
            (502, "", .uncertain("the server answered 502")),
        ] as [(Int, String, SubmissionAnswer)])
    func submissions(status: Int, text: String, expected: SubmissionAnswer) {
        #expect(ServerGateway.submission(answer(status, text)) == expected)
    }

    @Test(
        "a status is read, and RunPod's refusals are found in the server's sentence",
        arguments: [
            (
                500, #"{"error":"x","details":"RunPod status error 404: job not found"}"#,
                StatusAnswer.notFound("x: RunPod status error 404: job not found")
            ),
            (500, #"{"error":"x","details":"RunPod status error 401"}"#, .refused("x: RunPod status error 401")),
            (500, #"{"error":"x","details":"redis err"}"#, .failed("x: redis err")),
            (500, #"{"error":"x","details":"job 4041 failed"}"#, .failed("x: job 4041 failed")),
            // Another server has the port.
            (404, "<html>", .failed("the server answered 404 without a status")),
            (404, #"{"error":"Not Found","status":404}"#, .failed("Not Found")),
            (500, #"{"error":"x","details":"job 8a1c-a404-404-e1 is odd"}"#, .failed("x: job 8a1c-a404-404-e1 is odd")),
            (
                500, #"{"error":"x","details":"RunPod status error 502: job 8a1c-404-e1"}"#,
                .failed("x: RunPod status error 502: job 8a1c-404-e1")
            ),
            (
                500, #"{"error":"x","details":"RunPod status error 429: slow"}"#,
                .throttled("x: RunPod status error 429: slow", retryAfter: nil)
            ),
            (200, "{}", .failed("the server answered 200 without a status")),
            (200, "<html>", .failed("the server answered 200 without a status")),
            (
                200,
                #"{"jobId":"j-e2","status":"IN_PROGRESS","loraUrl":null,"error":null,"output":{"step":5,"total_steps":50,"loss":0.1}}"#,
                .known(
                    JobReport(
                        id: RunPodID("j-e2"), observation: .init(state: .inProgress),
                        progress: .init(step: 5, steps: 50, loss: 0.1)))
            ),
            (
                200, #"{"jobId":"j","status":"COMPLETED","loraUrl":"https://m","error":null,"output":{"loraUrl":"https://n"}}"#,
                .known(JobReport(id: RunPodID("j"), observation: .init(state: .completed), address: "https://m"))
            ),
            (
                200, #"{"status":"FAILED","loraUrl":null,"error":{"error_type":"x"},"output":null}"#,
                .known(JobReport(id: RunPodID("asked"), observation: .init(state: .failed), error: #"{"error_type":"x"}"#))
            ),
        ] as [(Int, String, StatusAnswer)])
    func statuses(status: Int, text: String, expected: StatusAnswer) {
        #expect(ServerGateway.status(answer(status, text), of: RunPodID("asked")) == expected)
    }

    @Test(
        "a server without the call cannot cancel; a job that is not known is another matter",
        arguments: [
            (404, "<html>", CancelAnswer.notSupported), (200, "<html>", .notSupported), (405, "", .notSupported),
            (501, "", .notSupported),
            (404, #"{"error":"gone","jobId":"j"}"#, .notFound("gone")), (500, #"{"error":"x"}"#, .failed("x")),
            (200, #"{"success":true,"jobId":"j","status":"CANCELLED"}"#, .taken(RunPodObservation(state: .cancelled))),
        ] as [(Int, String, CancelAnswer)])
    func cancels(status: Int, text: String, expected: CancelAnswer) {
        #expect(ServerGateway.cancellation(answer(status, text)) == expected)
    }

    @Test("a pause that is none is passed over", arguments: ["1e30", "inf", "nan", "-1", "soon"])
    func pauses(text: String) {
        let answer = ServerAnswer(status: 429, bytes: Array(#"{"error":"x"}"#.utf8), retryAfter: text)
        #expect(ServerGateway.cancellation(answer) == .throttled("x", retryAfter: nil))
    }

    @Test("it does not ask a server for what was sent to an endpoint directly, and says what to set")
    func directly() async throws {
        let connection = try ServerConnection(base: "http://127.0.0.1:9")
        let gateway = ServerGateway(connection: connection)
        let status = await gateway.status(of: RunPodID("j"), at: "abc123")
        let cancel = await gateway.cancel(RunPodID("j"), at: "abc123")
        await connection.shutdown()
        guard case .failed(let words) = status else {
            Issue.record("\(status)")
            return
        }
        #expect(words.contains("endpoint abc123") && words.contains("RUNPOD_API_KEY") && cancel == .failed(words))
    }

    @Test("it says that limits do not reach RunPod, and that it knows no health")
    func limits() async throws {
        let connection = try ServerConnection(base: "http://localhost:9")
        let gateway = ServerGateway(connection: connection)
        #expect(!gateway.carriesLimits)
        #expect(await gateway.health() == .notSupported)
        #expect(gateway.endpoint == "http://localhost:9")
        await connection.shutdown()
    }

    @Test("where nobody listens, nothing was sent")
    func unsent() async throws {
        let connection = try ServerConnection(base: "http://127.0.0.1:9")
        let answer = await ServerGateway(connection: connection).submit([:])
        await connection.shutdown()
        guard case .unsent = answer else {
            Issue.record("\(answer)")
            return
        }
    }

    @Test("a connection that is cut after the request is uncertain, and the request went out once")
    func cut() async throws {
        let heard = CutServer()
        let channel = try await heard.start()
        let port = try #require(channel.localAddress?.port)
        let connection = try ServerConnection(base: "http://127.0.0.1:\(port)")
        let answer = await ServerGateway(connection: connection).submit(["input": ["x": 1]])
        await connection.shutdown()
        try await channel.close()
        guard case .uncertain = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(heard.count == 1)
    }

    @Test("through our own server, an order, its status, its cancel and a webhook reach the desk")
    func ownServer() async throws {
        let project = try InventedProject()
        let desk = FakeDesk()
        let folder = try ProjectFolder(path: project.path, now: { Samples.time })
        let server = ActorMakerServer(folder: folder, desk: desk, tunnel: FakeTunnel())
        try await serving { onRunning in
            try await server.run(port: 0, onRunning: onRunning)
        } _: { port in
            let connection = try ServerConnection(base: "http://127.0.0.1:\(port)")
            let gateway = ServerGateway(connection: connection)
            let body: JSONValue = ["input": ["rate": .number("1e-4")], "webhook": "https://x"]
            let submitted = await gateway.submit(body)
            let status = await gateway.status(of: RunPodID("j-e1"))
            let cancelled = await gateway.cancel(RunPodID("j-e1"))
            let words = try await gateway.deliver(webhook: ["id": "j-e1", "status": "COMPLETED"])
            let tunnel = ServerTunnel(connection: connection)
            let before = await tunnel.status()
            let route = await tunnel.ensure()
            let address = await tunnel.address(for: RequestID(rawValue: "r"))
            try await tunnel.stop()
            let after = await tunnel.status()
            await connection.shutdown()
            #expect(submitted == .accepted(RunPodID("job-1-e1"), .inQueue))
            #expect(await desk.bodies == [body])
            guard case .notFound = status else {
                Issue.record("\(status)")
                return
            }
            #expect(cancelled == .taken(RunPodObservation(state: .cancelled)))
            #expect(words == "RunPod is asked about the job.")
            #expect(await desk.asked == ["status j-e1", "cancel j-e1", "hint j-e1"])
            #expect([before.running, after.running] == [false, false])
            guard case .up("https://invented.ngrok.app", _) = route else {
                Issue.record("\(route)")
                return
            }
            #expect(address == "https://invented.ngrok.app/api/training-webhook")
        }
    }
}
