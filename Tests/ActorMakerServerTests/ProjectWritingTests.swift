import ActorMakerTestSupport
import Foundation
import JSONText
import Testing
import Training
import TrainingPorts

@testable import ActorMakerServer

@Suite("Writing into a project folder")
struct ProjectWritingTests {
    private let versions = "data/actors/0001_anna/training_versions.json"
    private let manifest = InventedProject.manifestName(1)

    private func folder(_ project: InventedProject, region: String? = nil) throws -> ProjectFolder {
        try ProjectFolder(path: project.path, region: region, now: { Samples.time }, clock: InstantClock())
    }

    @Test("the first version of an actor makes the file as the deployed server would")
    func firstVersion() async throws {
        let project = try InventedProject()
        try await folder(project).save(Samples.entry("job-1-e1"), of: ActorID(1))
        #expect(
            try project.text(versions) == """
                {
                  "versions": [
                    {
                      "id": "job-1-e1",
                      "name": "V1",
                      "description": "Auto-trained with 6 images",
                      "timestamp": "2026-11-23T16:04:52.120Z",
                      "parameters": {
                        "learning_rate": 0.0002,
                        "max_train_steps": 1500,
                        "network_dim": 16,
                        "network_alpha": 8,
                        "class_tokens": "0001_anna",
                        "batch_size": 1,
                        "num_repeats": 2,
                        "lr_scheduler": "cosine",
                        "lr_warmup_steps": 300,
                        "optimizer_type": "adamw8bit",
                        "gradient_dtype": "bf16"
                      },
                      "status": "pending",
                      "imageCount": 6
                    }
                  ]
                }
                """)
    }

    @Test("completing a version changes its state's lines and no other byte, in a file with tabs and CRLF and odd numbers")
    func completing() async throws {
        let project = try InventedProject()
        let old =
            "{\r\n\t\"versions\": [\r\n\t\t{\"id\": \"b\", \"name\": \"V2\", \"caf\\u00e9\": \"\\/\", \"x\": 1.0},\r\n\t\t{\r\n\t\t\t\"id\": \"a\",\r\n"
            + "\t\t\t\"name\": \"V1\",\r\n\t\t\t\"description\": \"Auto-trained with 6 images\",\r\n\t\t\t\"timestamp\": \"2026-11-23T16:04:52.120+00:00\",\r\n"
            + "\t\t\t\"status\": \"pending\",\r\n\t\t\t\"imageCount\": 6.0,\r\n\t\t\t\"parameters\": {\"learning_rate\": 2.0e-4, \"max_train_steps\": 1500,"
            + " \"network_dim\": 16, \"network_alpha\": 8, \"class_tokens\": \"0001_anna\", \"batch_size\": 1, \"num_repeats\": 2, \"lr_scheduler\": \"cosine\","
            + " \"lr_warmup_steps\": 300, \"optimizer_type\": \"adamw8bit\", \"gradient_dtype\": \"bf16\", \"extra\": null}\r\n\t\t}\r\n\t]\r\n}"
        try project.write(old, to: versions)
        let address = "s3://invented-user-files/models/actor_0001_V1.safetensors"
        try await folder(project).save(
            Samples.entry("a-e2", state: .completed(address: address, at: Samples.time)), of: ActorID(1))
        let expected = old.replacing("\"pending\"", with: "\"completed\"").replacing(
            "\"extra\": null}",
            with:
                "\"extra\": null},\r\n\t\t\t\"loraUrl\": \"https://invented-user-files.s3-accelerate.amazonaws.com/models/actor_0001_V1.safetensors\","
                + "\r\n\t\t\t\"completedAt\": \"2026-11-23T16:04:52.120Z\"")
        #expect(try project.text(versions) == expected)
    }

    @Test("saving what is there writes nothing")
    func repeated() async throws {
        let project = try InventedProject()
        let folder = try folder(project)
        try await folder.save(Samples.entry("job"), of: ActorID(1))
        let before = try FileManager.default.attributesOfItem(atPath: "\(project.path)/\(versions)")[.systemFileNumber] as? Int
        try await folder.save(Samples.entry("job"), of: ActorID(1))
        let after = try FileManager.default.attributesOfItem(atPath: "\(project.path)/\(versions)")[.systemFileNumber] as? Int
        #expect(before != nil)
        #expect(before == after)
    }

    @Test("a late pending takes no end back, and an end that another wrote keeps its time")
    func latePending() async throws {
        let project = try InventedProject()
        let text =
            #"{"versions":[{"id":"j","name":"V1","status":"completed","loraUrl":"ADDRESS","completedAt":"2026-01-01T00:00:00.000Z"}]}"#
            .replacing("ADDRESS", with: Samples.address(actor: 1, version: 1))
        try project.write(text, to: versions)
        let folder = try folder(project)
        try await folder.save(Samples.entry("j"), of: ActorID(1))
        let completed = VersionEntry.State.completed(address: Samples.address(actor: 1, version: 1), at: Samples.time)
        try await folder.save(Samples.entry("j", state: completed), of: ActorID(1))
        let entry = try JSONValue(parsing: try project.text(versions))["versions"]?[0]
        #expect(entry?["status"] == "completed")
        #expect(entry?["completedAt"] == "2026-01-01T00:00:00.000Z")
    }

    @Test("a failure that turns out to have left a model loses its error")
    func failedThenCompleted() async throws {
        let project = try InventedProject()
        let folder = try folder(project)
        try await folder.save(Samples.entry("j", state: .failed(error: "lost", at: Samples.time)), of: ActorID(1))
        #expect(try project.text(versions).contains("\"failedAt\""))
        let completed = VersionEntry.State.completed(address: Samples.address(actor: 1, version: 1), at: Samples.time)
        try await folder.save(Samples.entry("j", state: completed), of: ActorID(1))
        let text = try project.text(versions)
        #expect(!text.contains("failedAt") && !text.contains("\"error\""))
    }

    @Test("the sync's entry for the same object under another id is the same version")
    func sameObject() async throws {
        let project = try InventedProject()
        let other = "https://s3-accelerate.amazonaws.com/invented-user-files/models/actor_0001_V1.safetensors"
        try project.write(#"{"versions":[{"id":"sync-1","name":"V1","status":"completed","loraUrl":"\#(other)"}]}"#, to: versions)
        let completed = VersionEntry.State.completed(address: Samples.address(actor: 1, version: 1), at: Samples.time)
        let folder = try folder(project)
        try await folder.save(Samples.entry("job", state: completed), of: ActorID(1))
        #expect(try await folder.versions(of: ActorID(1)).map(\.id) == ["sync-1"])
        #expect(try project.text(versions).contains(other))
    }

    @Test("a version without a job id is refused")
    func withoutID() async throws {
        let error = await #expect(throws: PortError.self) {
            try await folder(InventedProject()).save(Samples.entry(""), of: ActorID(1))
        }
        #expect(error?.code == .refused)
    }

    @Test("a recorded model has the fields of real ones, and only its lines are new")
    func record() async throws {
        let project = try InventedProject()
        let old = InventedProject.manifest(id: 1, models: [InventedProject.model(id: 1, version: 3, good: true)])
        try project.write(old, to: manifest)
        #expect(try await folder(project).record(Samples.model(actor: 1, version: 4), of: ActorID(1)) == .recorded)
        let last = "      \"good\": true\n    }"
        let expected = old.replacing(
            last,
            with: last + """
                ,
                    {
                      "filename": "actor_0001_V4.safetensors",
                      "version": "V4",
                      "s3_url": "https://invented-user-files.s3.eu-west-9.amazonaws.com/models/actor_0001_V4.safetensors",
                      "s3_accelerated_url": "https://invented-user-files.s3-accelerate.amazonaws.com/models/actor_0001_V4.safetensors",
                      "size_bytes": 153271968,
                      "size_mb": 146.17,
                      "md5_hash": "0123456789abcdef0123456789abcdef-19",
                      "last_modified": "2026-11-23T16:04:52+00:00",
                      "created_date": "2026-11-23",
                      "format": "safetensors"
                    }
                """
        ).replacing("2025-10-17T21:55:52.073668", with: "2026-11-23T16:04:52.120000")
        #expect(try project.text(manifest) == expected)
        #expect(try await folder(project).record(Samples.model(actor: 1, version: 3), of: ActorID(1)) == .alreadyThere)
        #expect(try project.text(manifest) == expected)
    }

    @Test("where there is no list of models yet, it is made behind the production model")
    func firstModel() async throws {
        let project = try InventedProject()
        let old = InventedProject.manifest(id: 1)
        try project.write(old, to: manifest)
        #expect(try await folder(project).record(Samples.model(actor: 1, version: 1), of: ActorID(1)) == .recorded)
        let text = try project.text(manifest)
        let json = try JSONValue(parsing: text)
        let keys = try #require(json.object?.keys)
        #expect(
            keys.suffix(4) == ["lora_model_updated", "custom_lora_models", "custom_lora_models_updated", "training_data_good"])
        #expect(json["custom_lora_models_updated"] == "2026-11-23T16:04:52.120000")
        let kept = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
            old.split(separator: "\n").contains($0)
        }
        #expect(kept.joined(separator: "\n").hasPrefix(String(old.prefix(200))))
        #expect(
            text.hasPrefix(
                old.components(separatedBy: ",\n  \"training_data_good\"")[0] + ",\n  \"custom_lora_models\": [\n    {\n"))
        #expect(text.hasSuffix(",\n  \"training_data_good\": true\n}"))
    }

    @Test("the region is the configured one, else that of the bucket elsewhere in the project, else left out")
    func regions() async throws {
        func address(_ region: String?, _ bucket: String) async throws -> String? {
            let project = try InventedProject()
            try project.write(InventedProject.manifest(id: 1), to: manifest)
            let other = InventedProject.manifest(id: 2, models: [InventedProject.model(id: 2, version: 1)])
            try project.write(other, to: InventedProject.manifestName(2))
            _ = try await folder(project, region: region).record(
                Samples.model(actor: 1, version: 1, bucket: bucket), of: ActorID(1))
            return try JSONValue(parsing: try project.text(manifest))["custom_lora_models"]?[0]?["s3_url"]?.string
        }
        let key = "models/actor_0001_V1.safetensors"
        #expect(
            try await address("ap-x-1", "invented-user-files") == "https://invented-user-files.s3.ap-x-1.amazonaws.com/\(key)")
        #expect(try await address(nil, "invented-user-files") == "https://invented-user-files.s3.eu-west-9.amazonaws.com/\(key)")
        #expect(try await address(nil, "unknown") == "https://unknown.s3.amazonaws.com/\(key)")
    }

    @Test("a missing manifest is refused with its name, and is not made")
    func missingManifest() async throws {
        let project = try InventedProject()
        let error = await #expect(throws: PortError.self) {
            try await folder(project).record(Samples.model(actor: 1, version: 1), of: ActorID(1))
        }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("data/actor_manifests/0001_manifest.json") == true)
        #expect(!project.exists(manifest))
    }

    @Test("a broken file is never written")
    func broken() async throws {
        let project = try InventedProject()
        try project.write("{\"versions\": [", to: versions)
        try project.write("{\"custom_lora_models\": [", to: manifest)
        let folder = try folder(project)
        let save = await #expect(throws: PortError.self) { try await folder.save(Samples.entry("j"), of: ActorID(1)) }
        let record = await #expect(throws: PortError.self) {
            try await folder.record(Samples.model(actor: 1, version: 1), of: ActorID(1))
        }
        #expect(save?.code == .corrupted)
        #expect(record?.code == .corrupted)
        #expect(try project.text(versions) == "{\"versions\": [")
        #expect(try project.text(manifest) == "{\"custom_lora_models\": [")
    }

    @Test("a verdict is the model's own, and is set and not turned")
    func mark() async throws {
        let project = try InventedProject()
        let old = InventedProject.manifest(
            id: 1, models: [InventedProject.model(id: 1, version: 3, good: true), InventedProject.model(id: 1, version: 4)])
        try project.write(old, to: manifest)
        let folder = try folder(project)
        try await folder.mark(VersionNumber(3), of: ActorID(1), good: true)
        #expect(try project.text(manifest) == old)
        try await folder.mark(VersionNumber(3), of: ActorID(1), good: false)
        #expect(try project.text(manifest) == old.replacing("\"good\": true\n", with: "\"good\": false\n"))
        try await folder.mark(VersionNumber(4), of: ActorID(1), good: true)
        #expect(try await folder.cast().actors[0].goodModel?.version == VersionNumber(4))
        let error = await #expect(throws: PortError.self) { try await folder.mark(VersionNumber(9), of: ActorID(1), good: true) }
        #expect(error?.code == .notFound)
    }
}
