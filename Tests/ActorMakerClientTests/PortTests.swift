import ActorMakerClient
import ActorMakerServer
import ActorMakerTestSupport
import JSONText
import Testing
import Training
import TrainingPorts

/// What every `ActorMaker` must do, shown on a folder and on a server over that folder.
@Suite("The Actor Maker port")
struct PortTests {
    enum Way: CaseIterable, CustomTestStringConvertible {
        case folder, server
        var testDescription: String { self == .folder ? "a folder" : "a server" }
    }

    private func with(
        _ way: Way, _ project: InventedProject, _ body: @escaping @Sendable (any ActorMaker) async throws -> Void
    ) async throws {
        let folder = try ProjectFolder(path: project.path, now: { Samples.time })
        guard way == .server else { return try await body(folder) }
        let server = ActorMakerServer(folder: folder)
        try await serving { onRunning in
            try await server.run(port: 0, onRunning: onRunning)
        } _: { port in
            let connection = try ServerConnection(base: "http://127.0.0.1:\(port)/", clock: InstantClock())
            do { try await body(ActorMakerClient(connection: connection)) } catch {
                await connection.shutdown()
                throw error
            }
            await connection.shutdown()
        }
    }

    private func project() throws -> InventedProject {
        let project = try InventedProject(
            actors: InventedProject.actors(names: [1: "0001_anna", 2: "0002_berta", 3: "0003_clara", 4: "0004_dora"]))
        try project.write(InventedProject.manifest(id: 1, images: 6, local: 4), to: InventedProject.manifestName(1))
        try project.write(
            InventedProject.manifest(id: 2, images: 3, good: nil, models: [InventedProject.model(id: 2, version: 7, good: true)]),
            to: InventedProject.manifestName(2))
        try project.write("{\"training_data\": [", to: InventedProject.manifestName(3))
        return project
    }

    @Test("the cast tells images, approval, models, versions and faults of each actor", arguments: Way.allCases)
    func cast(way: Way) async throws {
        let project = try project()
        try project.write(
            #"{"versions":[{"id":"j-e1","name":"V4","status":"pending","timestamp":"2026-01-01T00:00:00Z","imageCount":6}]}"#,
            to: "data/actors/0001_anna/training_versions.json")
        try await with(way, project) { maker async throws in
            let actors = try await maker.cast().actors
            #expect(actors.map(\.id.rawValue) == [1, 2, 3, 4])
            #expect(actors[0].name == "0001_anna")
            #expect(actors[0].trainingDataGood)
            #expect(actors[0].images == ImageCount(onS3: 6, synced: 6, recorded: 10))
            #expect(
                actors[0].versions == [
                    VersionRecord(
                        id: "j-e1", name: "V4", status: .pending, timestamp: Timestamp(parsing: "2026-01-01T00:00:00Z"),
                        imageCount: 6)
                ])
            #expect(actors[1].images == ImageCount(onS3: 3, synced: 3, recorded: 3))
            #expect(!actors[1].trainingDataGood)
            #expect(actors[1].goodModel?.versionName == "V7")
            #expect(actors[1].fault == nil)
            #expect(actors[2].fault?.contains("data/actor_manifests/0003_manifest.json is not valid JSON at byte 19") == true)
            #expect(actors[3].images == ImageCount())
            #expect(actors[3].fault == nil)
            let judged = actors.map { Eligibility.judge($0, in: Ledger()) }
            #expect(judged.allSatisfy { !$0.isEligible })
            #expect(judged[0].reasons.count == 1)
        }
    }

    @Test("an actor's images come with addresses, sizes and approval", arguments: Way.allCases)
    func trainingData(way: Way) async throws {
        try await with(way, project()) { maker async throws in
            let data = try await maker.trainingData(of: ActorID(1))
            #expect(data.name == "0001_anna")
            #expect(data.approved)
            #expect(data.count.onS3 == 6)
            let first = try #require(data.images.first)
            #expect(first.address == "https://invented-assets.s3.eu-west-9.amazonaws.com/data/0001/i0.jpg")
            #expect(first.status == "synced")
            #expect(first.sizeBytes == 1000)
            let unknown = await #expect(throws: PortError.self) { try await maker.trainingData(of: ActorID(99)) }
            #expect(unknown?.code == .notFound)
            let broken = await #expect(throws: PortError.self) { try await maker.trainingData(of: ActorID(3)) }
            #expect(broken?.code == .corrupted)
        }
    }

    @Test("a saved version is there, first, once, and follows its job to the end", arguments: Way.allCases)
    func save(way: Way) async throws {
        try await with(way, project()) { maker async throws in
            let anna = ActorID(1)
            #expect(try await maker.versions(of: anna).isEmpty)
            try await maker.save(Samples.entry("a-e1"), of: anna)
            try await maker.save(Samples.entry("a-e1"), of: anna)
            try await maker.save(Samples.entry("b-e1", version: 2), of: anna)
            #expect(try await maker.versions(of: anna).map(\.id) == ["b-e1", "a-e1"])
            let address = "s3://invented-user-files/models/actor_0001_V1.safetensors"
            try await maker.save(Samples.entry("a-e2", state: .completed(address: address, at: Samples.time)), of: anna)
            try await maker.save(Samples.entry("b", version: 2, state: .failed(error: "cancelled", at: Samples.time)), of: anna)
            let versions = try await maker.versions(of: anna)
            #expect(versions.map(\.status) == [.failed, .completed])
            #expect(versions.map(\.id) == ["b-e1", "a-e1"])
            #expect(versions[1].address == Samples.address(actor: 1, version: 1))
            #expect(versions[1].imageCount == 6)
            let error = await #expect(throws: PortError.self) { try await maker.save(Samples.entry(""), of: anna) }
            #expect(error?.code == .refused)
        }
    }

    @Test("somebody else's version gets its end and nothing else; one that has ended stays as it is", arguments: Way.allCases)
    func finished(way: Way) async throws {
        let project = try project()
        let file = "data/actors/0001_anna/training_versions.json"
        try project.write(
            #"{"versions":[{"id":"j-e1","name":"V4","status":"pending","own":"kept"},{"id":"k-e1","name":"V3","status":"completed"}]}"#,
            to: file)
        try await with(way, project) { maker async throws in
            let state = VersionEntry.State.failed(error: "RunPod knows it no longer", at: Samples.time)
            #expect(try await maker.finish(RunPodID("j-e1"), of: ActorID(1), as: state)?.status == .pending)
            #expect(try await maker.finish(RunPodID("k-e1"), of: ActorID(1), as: state)?.status == .completed)
            #expect(try await maker.finish(RunPodID("nobody"), of: ActorID(1), as: state) == nil)
            #expect(try await maker.versions(of: ActorID(1)).map(\.status) == [.failed, .completed])
        }
        let entry = try JSONValue(parsing: Array(try project.text(file).utf8))["versions"]?.array?.first
        #expect(entry?.object?.members.map(\.key) == ["id", "name", "status", "own", "error", "failedAt"])
    }

    @Test("other entries and unknown keys stay, to the byte", arguments: Way.allCases)
    func others(way: Way) async throws {
        let project = try project()
        let file = "data/actors/0001_anna/training_versions.json"
        let old =
            "{\r\n    \"versions\": [\r\n        {\"id\": \"x\", \"name\": \"V1\", \"note\": \"caf\\u00e9 \\/\", \"n\": 1.0}\r\n    ],\r\n    \"rest\": 1e5\r\n}\r\n"
        try project.write(old, to: file)
        try await with(way, project) { maker async throws in
            try await maker.save(Samples.entry("a", version: 2), of: ActorID(1))
            let text = try project.text(file)
            #expect(text.hasPrefix("{\r\n    \"versions\": [\r\n        {\"id\": \"a\", \"name\": \"V2\", "))
            #expect(text.hasSuffix(String(decoding: old.utf8.dropFirst(23), as: UTF8.self)))
        }
    }

    @Test("a model is recorded once, and a verdict is what it was told to be", arguments: Way.allCases)
    func models(way: Way) async throws {
        let project = try project()
        try await with(way, project) { maker async throws in
            let anna = ActorID(1)
            let model = Samples.model(actor: 1, version: 1)
            #expect(try await maker.record(model, of: anna) == .recorded)
            #expect(try await maker.record(model, of: anna) == .alreadyThere)
            for good in [true, true, false, false, true] {
                try await maker.mark(VersionNumber(1), of: anna, good: good)
                #expect(try await maker.cast().actors[0].models.map(\.good) == [good])
            }
            let record = try JSONValue(parsing: try project.text(InventedProject.manifestName(1)))["custom_lora_models"]?[0]
            #expect(record?["md5_hash"] == "0123456789abcdef0123456789abcdef-19")
            let missing = await #expect(throws: PortError.self) { try await maker.mark(VersionNumber(9), of: anna, good: true) }
            #expect(missing?.code == .notFound)
            let none = await #expect(throws: PortError.self) {
                try await maker.record(Samples.model(actor: 4, version: 1), of: ActorID(4))
            }
            #expect(none?.code == .notFound)
        }
    }

    @Test("writers at once lose nothing", arguments: Way.allCases)
    func together(way: Way) async throws {
        try await with(way, project()) { maker async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...6 {
                    group.addTask { try await maker.save(Samples.entry("job-\(number)", version: number), of: ActorID(1)) }
                }
                try await group.waitForAll()
            }
            #expect(Set(try await maker.versions(of: ActorID(1)).map(\.id)) == Set((1...6).map { "job-\($0)" }))
        }
    }

    @Test("a broken file is left alone, and said", arguments: Way.allCases)
    func broken(way: Way) async throws {
        let project = try project()
        let file = "data/actors/0001_anna/training_versions.json"
        try project.write("{\"versions\": [{", to: file)
        try await with(way, project) { maker async throws in
            let error = await #expect(throws: PortError.self) { try await maker.save(Samples.entry("a"), of: ActorID(1)) }
            #expect(error?.code == .corrupted)
            #expect(error?.message.contains("training_versions.json") == true)
            #expect(try project.text(file) == "{\"versions\": [{")
        }
    }
}
