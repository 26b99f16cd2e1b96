import ActorMakerServer
import ActorMakerTestSupport
import Foundation
import JSONText
import Synchronization
import Testing
import Training
import TrainingPorts

@Suite("Reading a project folder")
struct ProjectReadingTests {
    private func folder(_ project: InventedProject, clock: InstantClock = InstantClock()) throws -> ProjectFolder {
        try ProjectFolder(path: project.path, now: { Samples.time }, clock: clock)
    }

    private func actor(_ id: Int, in cast: Cast) throws -> ActorProfile {
        try #require(cast.actors.first { $0.id == ActorID(id) })
    }

    @Test("images, models, versions and approval come from the actor's own files")
    func profile() async throws {
        let project = try InventedProject()
        try project.write(
            InventedProject.manifest(id: 1, images: 6, local: 2, models: [InventedProject.model(id: 1, version: 3, good: true)]),
            to: InventedProject.manifestName(1))
        try project.write(
            #"{"versions":[{"id":"j","name":"V4","status":"pending"}]}"#, to: "data/actors/0001_anna/training_versions.json")
        let cast = try await folder(project).cast()
        let anna = try actor(1, in: cast)
        #expect(anna.name == "0001_anna")
        #expect(anna.trainingDataGood)
        #expect(anna.images == ImageCount(onS3: 6, synced: 6, recorded: 8))
        #expect(anna.goodModel?.versionName == "V3")
        #expect(anna.versions.map(\.name) == ["V4"])
        #expect(anna.fault == nil)
        let berta = try actor(2, in: cast)
        #expect(berta == ActorProfile(id: ActorID(2), name: "0002_berta"))
        #expect(cast.notes.isEmpty)
    }

    @Test("a file that is no manifest is one note, and nothing else is")
    func stray() async throws {
        let project = try InventedProject()
        try project.write("{}", to: "data/actor_manifests/_migration_summary.json")
        try project.write("x", to: "data/actor_manifests/.DS_Store")
        try project.write("x", to: "data/actor_manifests/notes.txt")
        try project.write(InventedProject.manifest(id: 1), to: InventedProject.manifestName(1))
        let cast = try await folder(project).cast()
        #expect(cast.notes == ["data/actor_manifests/_migration_summary.json is no manifest and was skipped"])
    }

    @Test("a broken manifest is the fault of one actor, with file and byte")
    func brokenManifest() async throws {
        let project = try InventedProject()
        try project.write("{\"training_data\": [", to: InventedProject.manifestName(1))
        try project.write(InventedProject.manifest(id: 2), to: InventedProject.manifestName(2))
        let cast = try await folder(project).cast()
        let fault = try #require(try actor(1, in: cast).fault)
        #expect(fault.contains("data/actor_manifests/0001_manifest.json is not valid JSON at byte 19"))
        #expect(try actor(2, in: cast).fault == nil)
        #expect(try actor(2, in: cast).images.onS3 == 6)
    }

    @Test(
        "entries of wrong types choke nothing",
        arguments: [
            #"{"character_id": "0001", "training_data": {"a": 1}}"#, #"{"character_id": "0001", "custom_lora_models": [null]}"#,
            #"{"character_id": "0002"}"#, "[]", "7",
        ])
    func wrongTypes(manifest: String) async throws {
        let project = try InventedProject()
        try project.write(manifest, to: InventedProject.manifestName(1))
        let cast = try await folder(project).cast()
        #expect(try actor(1, in: cast).fault?.contains("0001_manifest.json") == true)
        #expect(cast.actors.count == 2)
    }

    @Test("entries of the list without id or name, or with an id that was there, are said and passed over")
    func oddEntries() async throws {
        let project = try InventedProject(
            actors: #"[{"id":1,"name":"a"},5,{"name":"x"},{"id":"2","name":7},{"id":1,"name":"b"}]"#)
        let cast = try await folder(project).cast()
        #expect(cast.actors.map(\.id) == [ActorID(1), ActorID(2)])
        #expect(cast.actors[0].name == "a")
        #expect(cast.actors[1].fault == "its entry in data/actorsData.json has no name")
        #expect(cast.notes.count == 3)
    }

    @Test(
        "a name that would lead elsewhere makes no path: the versions lie under the id",
        arguments: [
            "../../escape", "a/b", "..", ".hidden", "nul\\u0000", "esc\\u001b[2J", "rtl\\u202e",
            String(repeating: "x", count: 81),
        ])
    func hostileNames(name: String) async throws {
        let project = try InventedProject(actors: "[{\"id\":1,\"name\":\"\(name)\"}]")
        let folder = try folder(project)
        try await folder.save(Samples.entry("job-1"), of: ActorID(1))
        #expect(
            project.files(under: "data") == [
                "actor_manifests", "actor_training_versions", "actor_training_versions/0001.json", "actorsData.json",
            ])
        #expect(try await folder.cast().actors[0].versions.map(\.id) == ["job-1"])
        #expect(try await folder.versions(of: ActorID(1)).map(\.id) == ["job-1"])
    }

    @Test("versions under an unpadded id are found, and written where they are")
    func unpaddedVersions() async throws {
        let project = try InventedProject()
        try project.write(
            #"{"versions":[{"id":"old","name":"V1","status":"failed"}]}"#, to: "data/actor_training_versions/77.json")
        let folder = try folder(project)
        #expect(try await folder.versions(of: ActorID(77)).map(\.id) == ["old"])
        try await folder.save(Samples.entry("new", version: 2), of: ActorID(77))
        #expect(try await folder.versions(of: ActorID(77)).map(\.id) == ["new", "old"])
        #expect(!project.exists("data/actor_training_versions/0077.json"))
    }

    @Test("a file that is being rewritten is read again until it is whole, within a second")
    func tornReading() async throws {
        let project = try InventedProject()
        let whole = InventedProject.manifest(id: 1)
        try project.write(String(whole.prefix(100)), to: InventedProject.manifestName(1))
        let waited = Mutex<[Duration]>([])
        let clock = InstantClock { pause in
            let count = waited.withLock {
                $0.append(pause)
                return $0.count
            }
            if count == 3 { try? project.write(whole, to: InventedProject.manifestName(1)) }
        }
        let cast = try await folder(project, clock: clock).cast()
        #expect(try actor(1, in: cast).fault == nil)
        #expect(try actor(1, in: cast).images.onS3 == 6)
        let pauses = waited.withLock { $0 }
        #expect(pauses.count == 3)
        #expect(pauses.reduce(.zero, +) <= .seconds(1))
    }

    @Test("what stays broken is waited for once, and noticed when it is mended")
    func brokenOnce() async throws {
        let project = try InventedProject()
        try project.write("{", to: InventedProject.manifestName(1))
        let pauses = Mutex(0)
        let folder = try folder(project, clock: InstantClock { _ in pauses.withLock { $0 += 1 } })
        #expect(try actor(1, in: try await folder.cast()).fault != nil)
        let first = pauses.withLock { $0 }
        #expect(try actor(1, in: try await folder.cast()).fault != nil)
        #expect(first == 4)
        #expect(pauses.withLock { $0 } == first)
        try project.write(InventedProject.manifest(id: 1), to: InventedProject.manifestName(1))
        #expect(try actor(1, in: try await folder.cast()).fault == nil)
    }

    @Test("a change of the same length within the same moment is seen")
    func sameStamp() async throws {
        let project = try InventedProject()
        let folder = try folder(project)
        // Ahead of the clock, so that the moment is not over on a slow machine.
        let moment = Date(timeIntervalSinceNow: 3600)
        for good in [true, false, true, false] {
            let text = InventedProject.manifest(id: 1, good: nil, models: [InventedProject.model(id: 1, version: good ? 1 : 2)])
            try project.write(text, to: InventedProject.manifestName(1))
            let path = "\(project.path)/\(InventedProject.manifestName(1))"
            try FileManager.default.setAttributes([.modificationDate: moment], ofItemAtPath: path)
            #expect(try actor(1, in: try await folder.cast()).models.first?.version == VersionNumber(good ? 1 : 2))
        }
    }

    @Test("no project, no list, a broken list and no workflow are one clear sentence each")
    func missing() async throws {
        let nowhere = #expect(throws: PortError.self) { try ProjectFolder(path: "/nowhere/at/all", now: { Samples.time }) }
        #expect(nowhere?.message.contains("/nowhere/at/all") == true)
        let empty = try InventedProject(actors: nil)
        let none = #expect(throws: PortError.self) { try folder(empty) }
        #expect(none?.message.contains("no data/actorsData.json") == true)
        let broken = try InventedProject(actors: "[{]")
        let torn = await #expect(throws: PortError.self) { try await folder(broken).cast() }
        #expect(torn?.code == .corrupted)
        #expect(torn?.message.contains("data/actorsData.json is not valid JSON at byte 2") == true)
        let project = try InventedProject()
        try FileManager.default.removeItem(atPath: "\(project.path)/workflows/lora_training_workflow_headless.json")
        let workflow = await #expect(throws: PortError.self) { try await folder(project).check() }
        #expect(workflow?.message.contains("workflows/lora_training_workflow_headless.json") == true)
        let unknown = await #expect(throws: PortError.self) { try await folder(project).trainingData(of: ActorID(9)) }
        #expect(unknown?.code == .notFound)
    }
}
