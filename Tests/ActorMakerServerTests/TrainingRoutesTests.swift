import ActorMakerTestSupport
import JSONText
import Testing
import Training
import TrainingPorts

@Suite("The calls about trainings")
struct TrainingRoutesTests {
    private func project() throws -> InventedProject {
        let project = try InventedProject()
        try project.write(
            InventedProject.manifest(id: 1, models: [InventedProject.model(id: 1, version: 7)]),
            to: InventedProject.manifestName(1))
        return project
    }

    @Test("the approval and a verdict are turned round each time")
    func toggles() async throws {
        try await PageClient.calling(project()) { page, _ async throws in
            let data = "/api/training/training-data/toggle-good"
            #expect(try await page.post(data, ["actorId": "0001"]).json == ["success": true, "actorId": "0001", "good": false])
            #expect(try await page.post(data, ["actorId": 1]).json["good"] == true)
            #expect(try await page.post(data, ["actorId": "0002"]).status == 404)
            let model = "/api/training/models/toggle-good"
            let first = try await page.post(model, ["actorId": "0001", "modelId": "0001_V7"])
            #expect(first.json == ["success": true, "actorId": "0001", "modelId": "0001_V7", "version": "V7", "good": true])
            #expect(try await page.post(model, ["actorId": "1", "modelId": "1_V7"]).json["good"] == false)
            #expect(try await page.post(model, ["actorId": "0001", "modelId": "0001_V9"]).status == 404)
            #expect(try await page.post(model, ["actorId": "0001", "modelId": "0002_V7"]).status == 400)
        }
    }

    @Test("a start goes to the desk as it came, and its answer has the deployed server's form")
    func start() async throws {
        let desk = FakeDesk()
        try await PageClient.calling(project(), desk: desk) { page, _ async throws in
            let body: JSONValue = ["input": ["workflow": ["1": ["x": .number("1.0")]]], "webhook": "https://x"]
            let answer = try await page.post("/api/training/start", body)
            #expect(answer.status == 200)
            #expect(answer.json == ["success": true, "job_id": "job-1-e1", "status": "IN_QUEUE"])
            #expect(await desk.bodies == [body])
            #expect(try await page.post("/api/training/retry", ["jobId": "a"]).json["job_id"] == "job-1-e1")
        }
    }

    @Test("an order that is wrong is 400 with every reason; one that failed is 500 with details")
    func refusedStart() async throws {
        try await PageClient.calling(project(), desk: FakeDesk(start: .invalid(errors: ["a", "b"], warnings: ["c"]))) {
            page, _ async throws in
            let answer = try await page.post("/api/training/start")
            #expect(answer.status == 400)
            #expect(answer.json["validation"] == ["errors": ["a", "b"], "warnings": ["c"], "stats": [:]])
        }
        try await PageClient.calling(project(), desk: FakeDesk(start: .failed("timeout"))) { page, _ async throws in
            let answer = try await page.post("/api/training/start")
            #expect(answer.status == 500)
            #expect(answer.json == ["error": "Failed to start training", "details": "timeout"])
        }
    }

    @Test("a status is told whole; what RunPod does not know is a 500 that says 404")
    func status() async throws {
        let report = JobReport(
            id: RunPodID("j-e2"), observation: RunPodObservation(state: .completed, executionTime: 5), address: "https://m")
        try await PageClient.calling(project(), desk: FakeDesk(status: .known(report))) { page, _ async throws in
            let answer = try await page.post("/api/training/status", ["jobId": "j"])
            #expect(answer.status == 200)
            #expect(answer.json["jobId"] == "j-e2")
            #expect(answer.json["status"] == "COMPLETED")
            #expect(answer.json["loraUrl"] == "https://m")
            #expect(answer.json["error"] == .null)
            #expect(try await page.post("/api/training/status").status == 400)
        }
        try await PageClient.calling(project(), desk: FakeDesk()) { page, _ async throws in
            let answer = try await page.post("/api/training/status", ["jobId": "j"])
            #expect(answer.status == 500)
            #expect(answer.json["details"]?.string?.hasPrefix("RunPod status error 404") == true)
        }
    }

    @Test("a cancel goes to the desk; without one there is none, and a start says that nothing stands behind the server")
    func cancel() async throws {
        let desk = FakeDesk()
        try await PageClient.calling(project(), desk: desk) { page, _ async throws in
            #expect(try await page.post("/api/training/cancel", ["jobId": "j"]).json["status"] == "CANCELLED")
            #expect(await desk.asked == ["cancel j"])
        }
        try await PageClient.calling(project()) { page, _ async throws in
            #expect(try await page.post("/api/training/cancel", ["jobId": "j"]).status == 501)
            #expect(try await page.post("/api/training/start").status == 500)
        }
    }

    @Test("the tunnel is not running where there is none, and is steered where there is one")
    func tunnel() async throws {
        try await PageClient.calling(project()) { page, _ async throws in
            #expect(try await page.get("/api/ngrok/status").json == ["running": false, "url": .null, "port": .null])
            #expect(try await page.post("/api/ngrok/start").status == 500)
            #expect(try await page.post("/api/ngrok/stop").json["success"] == true)
        }
        try await PageClient.calling(project(), tunnel: FakeTunnel()) { page, _ async throws in
            let started = try await page.post("/api/ngrok/start").json
            #expect(started == ["success": true, "url": "https://invented.ngrok.app", "port": 4321])
            #expect(try await page.get("/api/ngrok/status").json["running"] == true)
            #expect(try await page.post("/api/ngrok/stop").json["success"] == true)
            #expect(try await page.get("/api/ngrok/status").json["running"] == false)
        }
        let fault = PortError(.refused, "ERR_NGROK_108: too many agents")
        try await PageClient.calling(project(), tunnel: FakeTunnel(fault: fault)) { page, _ async throws in
            let answer = try await page.post("/api/ngrok/start")
            #expect(answer.status == 500)
            #expect(answer.json["details"] == "ERR_NGROK_108: too many agents")
            #expect(answer.json["hint"]?.string != nil)
        }
    }
}
