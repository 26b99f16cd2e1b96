import ActorMakerServer
import ActorMakerTestSupport
import JSONText
import Testing
import Training
import TrainingPorts

@Suite("The calls about actors")
struct ActorRoutesTests {
    private func project() throws -> InventedProject {
        let project = try InventedProject()
        try project.write(
            InventedProject.manifest(id: 1, images: 3, local: 2, models: [InventedProject.model(id: 1, version: 3, good: true)]),
            to: InventedProject.manifestName(1))
        return project
    }

    @Test("the list holds each actor as it stands, with what is worked out beside it")
    func list() async throws {
        let project = try project()
        try project.write("x", to: "data/actors/0002_berta/training_data/a.jpg")
        try project.write("x", to: "data/actors/0002_berta/training_data/b.PNG")
        try project.write("{}", to: "data/actors/0002_berta/training_data/response.json")
        let answer = try await PageClient.calling(project) { page, _ in try await page.get("/api/actors") }
        #expect(answer.status == 200)
        let anna = try #require(answer.json[0])
        #expect(anna.object?.keys.prefix(4) == ["id", "name", "age", "face_prompt"])
        #expect(anna["training_data"] == nil)
        #expect(anna["training_data_good"] == true)
        #expect(anna["custom_models_count"] == 1)
        #expect(anna["custom_lora_models"]?[0]?["good"] == true)
        #expect(anna["lora_model"]?["s3_url"]?.string?.hasSuffix("0001.safetensors") == true)
        #expect(anna["production_synced"] == true)
        let berta = try #require(answer.json[1])
        #expect(berta["training_data"] == ["count": 2, "synced": true])
        #expect(berta["training_data_good"] == false)
        #expect(berta["lora_model"] == nil)
        #expect(berta["production_synced"] == false)
    }

    @Test("an actor's images are those with an address, with the marks from the local folder", arguments: ["1", "0001"])
    func trainingData(id: String) async throws {
        let project = try project()
        try project.write(
            #"{"i1.jpg":{"good":true},"i2.jpg":{"good":false}}"#, to: "data/actors/0001_anna/training_data/prompt_metadata.json")
        let answer = try await PageClient.calling(project) { page, _ in try await page.get("/api/actors/\(id)/training-data") }
        #expect(answer.status == 200)
        #expect(answer.json["actor_id"] == 1)
        #expect(answer.json["actor_name"] == "0001_anna")
        #expect(answer.json["total_count"] == 3)
        #expect(answer.json["training_images"]?.array?.map { $0["good"] } == [false, true, false])
        #expect(answer.json["training_images"]?.array?.map { $0["index"] } == [0, 1, 2])
        #expect(answer.json["training_images"]?[0]?["size_mb"] == .number("0.0"))
        #expect(answer.json["has_base_image"] == false)
        #expect(answer.json["manifest_updated"] == "2025-10-17T16:46:12.201695")
        #expect(answer.json["training_data_good"] == true)
    }

    @Test("an actor that is not there is 404", arguments: ["/api/actors/9/training-data", "/api/actors/x/training-data"])
    func unknownActor(path: String) async throws {
        let answer = try await PageClient.calling(project()) { page, _ in try await page.get(path) }
        #expect(answer.status == 404)
        #expect(answer.json["error"] == "Actor not found")
    }

    @Test("an actor without versions has an empty list")
    func noVersions() async throws {
        let answer = try await PageClient.calling(project()) { page, _ in try await page.get("/api/actors/1/training-versions") }
        #expect(answer.status == 200)
        #expect(answer.json == ["versions": []])
    }

    @Test("a post makes the list be what was posted, and leaves unchanged entries' bytes")
    func postVersions() async throws {
        let project = try project()
        let file = "data/actors/0001_anna/training_versions.json"
        let old =
            "{\n    \"versions\": [\n        {\"id\": \"a\", \"n\": 1.0, \"s\": \"\\u00e9\"},\n        {\"id\": \"b\"}\n    ],\n    \"x\": 1e5\n}\n"
        try project.write(old, to: file)
        try await PageClient.calling(project) { page, _ async throws in
            let posted: JSONValue = ["versions": [["id": "c"], ["id": "a", "n": 1, "s": "é"]]]
            let answer = try await page.post("/api/actors/1/training-versions", posted)
            #expect(answer.status == 200)
            #expect(answer.json == ["success": true])
        }
        #expect(
            try project.text(file)
                == "{\n    \"versions\": [\n        {\"id\": \"c\"},\n        {\"id\": \"a\", \"n\": 1.0, \"s\": \"\\u00e9\"}\n    ],\n    \"x\": 1e5\n}\n"
        )
    }

    @Test("a post made from an older reading loses no version of ours, and takes no end back")
    func stalePost() async throws {
        let project = try project()
        try await PageClient.calling(project) { page, folder async throws in
            let id = ActorID(1)
            try await folder.save(Samples.entry("ours-1"), of: id)
            let stale = try await page.get("/api/actors/1/training-versions").json
            try await folder.save(Samples.entry("ours-1", state: .failed(error: "no", at: Samples.time)), of: id)
            try await folder.save(Samples.entry("ours-2", version: 2), of: id)
            _ = try await page.post("/api/actors/1/training-versions", stale)
            #expect(try await folder.versions(of: id).map(\.id) == ["ours-2", "ours-1"])
            #expect(try await folder.versions(of: id).map(\.status) == [.pending, .failed])
        }
    }

    @Test(
        "a post that is no list of versions is refused",
        arguments: ["{}", #"{"versions":{}}"#, #"{"versions":[1]}"#, "not JSON", ""])
    func badPost(body: String) async throws {
        let project = try project()
        let answer = try await PageClient.calling(project) { page, _ async throws in
            try await page.post("/api/actors/1/training-versions", text: body)
        }
        #expect(answer.status == 400)
        #expect(answer.json["error"]?.string?.isEmpty == false)
        #expect(!project.exists("data/actors"))
    }

    @Test("marking and turning an actor's good changes that one line")
    func markActor() async throws {
        let project = try project()
        let old = try project.text("data/actorsData.json")
        try await PageClient.calling(project) { page, _ async throws in
            #expect(try await page.post("/api/actors/2/mark-good").json == ["success": true, "actor_id": 2, "good": true])
            #expect(try await page.post("/api/actors/2/mark-good").json["good"] == true)
            let end = "\"face_prompt\": \"caf\\u00e9 \\/ 1.0\"\n  }\n]"
            #expect(
                try project.text("data/actorsData.json")
                    == old.replacing(end, with: end.replacing("\n  }", with: ",\n    \"good\": true\n  }")))
            #expect(try await page.post("/api/actors/2/toggle-good").json["good"] == false)
            #expect(try await page.post("/api/actors/9/toggle-good").status == 404)
        }
    }

    @Test("a model that is posted to our own call is in the manifest once")
    func postModel() async throws {
        let project = try project()
        try await PageClient.calling(project) { page, folder async throws in
            let model = Samples.model(actor: 1, version: 4)
            #expect(try await page.post("/api/actors/1/models", model.json).json["recorded"] == true)
            #expect(try await page.post("/api/actors/1/models", model.json).json["recorded"] == false)
            #expect(try await page.post("/api/actors/2/models", model.json).status == 400)
            #expect(try await folder.cast().actors[0].models.map(\.versionName) == ["V3", "V4"])
            #expect(try await page.get("/api/actor-trainer").json["name"] == "actor-trainer")
            #expect(try await page.get("/api/actor-trainer").json["desk"] == false)
        }
    }

    @Test("a broken list of actors is told in the answer")
    func brokenList() async throws {
        let project = try InventedProject(actors: "[{]")
        let answer = try await PageClient.calling(project) { page, _ in try await page.get("/api/actors") }
        #expect(answer.status == 500)
        #expect(answer.json["details"]?.string?.contains("data/actorsData.json") == true)
    }
}
