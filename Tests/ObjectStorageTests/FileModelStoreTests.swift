import Foundation
import ObjectStorage
import Testing
import Training
import TrainingPorts

@Suite struct FileModelStoreTests {
    final class Folder: Sendable {
        let url = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString)")
        deinit { try? FileManager.default.removeItem(at: url) }

        func put(_ path: String, _ bytes: [UInt8] = SafetensorsTests.file.bytes) throws {
            let file = url.appending(path: path)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }

        var store: FileModelStore { FileModelStore(folder: url) }
    }

    let model = ModelName(actor: ActorID(19), version: VersionNumber(7))

    @Test("a model is found at the address that its job named")
    func byAddress() async throws {
        let folder = Folder()
        try folder.put("bucket/a/models/actor_0019_V7.safetensors")
        let address = "https://s3-accelerate.amazonaws.com/bucket/a/models/actor_0019_V7.safetensors"
        guard case .present(let found) = await folder.store.find(model, address: address) else {
            Issue.record("it should be there")
            return
        }
        #expect(found.location == S3Location(bucket: "bucket", key: "a/models/actor_0019_V7.safetensors"))
        #expect(found.sizeBytes == SafetensorsTests.file.bytes.count)
        #expect(found.etag.count == 32 && found.metadata["ss_output_name"] == "demo")
        #expect(found.lastModified.milliseconds > 1_500_000_000_000)
    }

    @Test("without an address, or with another one, it is looked for by name, padded or not")
    func byName() async throws {
        for name in ["actor_0019_V7", "actor_19_V7"] {
            let folder = Folder()
            try folder.put("bucket/a/b/\(name).safetensors")
            for address in [nil, "s3://bucket/elsewhere/actor_0019_V7.safetensors", "not an address"] {
                guard case .present(let found) = await folder.store.find(model, address: address) else {
                    Issue.record("\(name) should be found with \(address ?? "no address")")
                    continue
                }
                #expect(found.location.key == "a/b/\(name).safetensors")
            }
        }
    }

    @Test("what is not there is absent, also where there is no folder yet")
    func absent() async throws {
        let folder = Folder()
        #expect(await folder.store.find(model, address: nil) == .absent)
        try folder.put("bucket/actor_0019_V8.safetensors")
        #expect(await folder.store.find(model, address: "s3://bucket/actor_0019_V7.safetensors") == .absent)
    }

    @Test("a file that is empty or cut off is broken, and says how")
    func broken() async throws {
        let folder = Folder()
        try folder.put("bucket/actor_0019_V7.safetensors", [])
        #expect(await folder.store.find(model, address: nil) == .broken("the file is empty"))
        let bytes = SafetensorsTests.file.bytes
        try folder.put("bucket/actor_0019_V7.safetensors", Array(bytes.dropLast()))
        #expect(
            await folder.store.find(model, address: nil)
                == .broken("the file is cut off: \(bytes.count - 1) of \(bytes.count) bytes"))
    }

    @Test("an address that bears another model's name is not taken for the one ordered")
    func otherName() async throws {
        let folder = Folder()
        try folder.put("bucket/actor_0019_V8.safetensors")
        guard case .broken(let words) = await folder.store.find(model, address: "s3://bucket/actor_0019_V8.safetensors") else {
            Issue.record("it should be refused")
            return
        }
        #expect(words.contains("actor_0019_V7.safetensors"))
    }

    @Test(
        "an address that leads out of the folder is refused",
        arguments: [
            "s3://bucket/../../etc/passwd", "s3://../secret/actor_0019_V7.safetensors", "s3://bucket//etc/passwd",
            "s3://bucket/a/./b",
        ])
    func outside(_ address: String) async throws {
        let folder = Folder()
        try folder.put("bucket/x")
        guard S3Location(parsing: address) != nil else {
            // What is no address at all is not looked at; the model is looked for by its name.
            #expect(await folder.store.find(model, address: address) == .absent)
            return
        }
        guard case .broken = await folder.store.find(model, address: address) else {
            Issue.record("\(address) should be refused")
            return
        }
        let location = try #require(S3Location(parsing: address))
        #expect(ModelFolder(folder.url).file(of: location) == nil)
    }

    @Test("the models of an actor are listed once each, and nobody else's")
    func listing() async throws {
        let folder = Folder()
        for path in [
            "a/actor_19_V2.safetensors", "b/actor_0019_V2.safetensors", "a/actor_0019_V10.safetensors",
            "a/actor_0020_V1.safetensors", "a/actor_0019_V3.txt", "a/actor_0019_V4",
        ] {
            try folder.put(path)
        }
        #expect(await Set(folder.store.models(of: ActorID(19)).map(\.version.number)) == [2, 10])
        #expect(await folder.store.models(of: ActorID(19)).count == 2)
    }
}
