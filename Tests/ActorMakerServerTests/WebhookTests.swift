import ActorMakerServer
import ActorMakerTestSupport
import JSONText
import Testing
import Training
import TrainingPorts

@Suite("The webhook of the embedded server")
struct WebhookTests {
    private let path = "/api/training-webhook"

    private func project(job: String = "job-7-e1") async throws -> InventedProject {
        let project = try InventedProject()
        try project.write(InventedProject.manifest(id: 1), to: InventedProject.manifestName(1))
        try project.write(
            #"{"versions":[{"id":"\#(job)","name":"V7","status":"pending"}]}"#, to: "data/actors/0001_anna/training_versions.json"
        )
        return project
    }

    private func message(
        id: String = "job-7-e2", status: String = "COMPLETED", request: String? = "1_1760690576817", lora: String? = "actor_1_V7"
    ) -> JSONValue {
        var output: JSONObject = ["status": .string(status == "COMPLETED" ? "success" : "error")]
        output["job_id"] = request.map(JSONValue.string)
        if let lora {
            let address = "https://s3-accelerate.amazonaws.com/invented-user-files/models/\(lora).safetensors"
            output["loraName"] = .string("\(lora).safetensors")
            output["loraUrl"] = .string(address)
            output["model_info"] = ["size_bytes": 153_271_968, "download_url": .string(address)]
        }
        return ["id": .string(id), "status": .string(status), "delayTime": 1, "output": .object(output), "input": ["big": "x"]]
    }

    @Test("a finished training marks its version and is in the manifest, under the address that the page stores")
    func completed() async throws {
        let project = try await project()
        try await PageClient.calling(project) { page, folder async throws in
            let answer = try await page.post(path, message())
            #expect(answer.status == 200)
            #expect(answer.json["received"] == true)
            #expect(answer.json["success"] == true)
            let version = try #require(try await folder.versions(of: ActorID(1)).first)
            #expect(version.status == .completed)
            #expect(version.address == "https://invented-user-files.s3-accelerate.amazonaws.com/models/actor_1_V7.safetensors")
            let model = try #require(try await folder.cast().actors[0].models.first)
            #expect(model.filename == "actor_1_V7.safetensors")
            #expect(model.versionName == "V7")
            #expect(model.sizeBytes == 153_271_968)
        }
    }

    @Test("a second message changes nothing")
    func doubled() async throws {
        let project = try await project()
        try await PageClient.calling(project) { page, _ async throws in
            _ = try await page.post(path, message())
            let versions = try project.text("data/actors/0001_anna/training_versions.json")
            let manifest = try project.text(InventedProject.manifestName(1))
            let again = try await page.post(path, message(status: "FAILED"))
            #expect(again.status == 200)
            #expect(try project.text("data/actors/0001_anna/training_versions.json") == versions)
            #expect(try project.text(InventedProject.manifestName(1)) == manifest)
        }
    }

    @Test(
        "a failed job is bound by our request id, by the model's name, or by the version that has its id",
        arguments: [("actor_1_1760690576817_00ff", nil), (nil, "actor_0001_V7"), (nil, nil)] as [(String?, String?)])
    func failed(request: String?, lora: String?) async throws {
        let project = try await project()
        try await PageClient.calling(project) { page, folder async throws in
            var body = message(status: "FAILED", request: request, lora: lora)
            body["error"] = "CUDA out of memory"
            #expect(try await page.post(path, body).status == 200)
            #expect(try await folder.versions(of: ActorID(1)).first?.status == .failed)
            #expect(try project.text("data/actors/0001_anna/training_versions.json").contains("CUDA out of memory"))
            #expect(try await folder.cast().actors[0].models.isEmpty)
        }
    }

    @Test("what nobody knows is answered 200 and writes nothing")
    func unknown() async throws {
        let project = try await project()
        let before = try project.text("data/actors/0001_anna/training_versions.json")
        try await PageClient.calling(project) { page, _ async throws in
            for body in [message(id: "stranger"), message(id: "stranger", request: nil, lora: nil), [:], [1], ["id": 5]]
                as [JSONValue]
            {
                let answer = try await page.post(path, body)
                #expect(answer.status == 200)
                #expect(answer.json["received"] == true)
            }
            let broken = try await page.post(path, text: "{\"id\":\"a\",\"id\":\"b\"}")
            #expect(broken.status == 200)
            #expect(broken.json["success"] == false)
        }
        #expect(try project.text("data/actors/0001_anna/training_versions.json") == before)
        #expect(project.files().filter { $0.contains("training_versions") && !$0.contains("0001_anna") }.isEmpty)
    }

    @Test("a model under another actor's or version's name is not added", arguments: ["actor_2_V7", "actor_1_V8", "../../x"])
    func wrongModel(lora: String) async throws {
        let project = try await project()
        try project.write(InventedProject.manifest(id: 2), to: InventedProject.manifestName(2))
        try await PageClient.calling(project) { page, folder async throws in
            _ = try await page.post(path, message(request: "actor_1_x", lora: lora))
            #expect(try await folder.cast().actors.allSatisfy { $0.models.isEmpty })
        }
    }

    @Test("with a desk, a message is only a reason to ask: nothing is believed")
    func hint() async throws {
        let desk = FakeDesk()
        let project = try await project()
        let before = try project.text("data/actors/0001_anna/training_versions.json")
        try await PageClient.calling(project, desk: desk) { page, _ async throws in
            #expect(try await page.post(path, message()).json["received"] == true)
            #expect(await desk.asked == ["hint job-7-e2"])
        }
        #expect(try project.text("data/actors/0001_anna/training_versions.json") == before)
    }

    @Test("a result as large as RunPod's is taken, a larger one is not read")
    func size() async throws {
        try await PageClient.calling(try await project()) { page, folder async throws in
            var large = message()
            large["input"] = .string(String(repeating: "x", count: 5 << 20))
            #expect(try await page.post(path, large).json["success"] == true)
            large["input"] = .string(String(repeating: "x", count: 13 << 20))
            #expect(try await page.post(path, large).json["success"] == false)
        }
    }
}
