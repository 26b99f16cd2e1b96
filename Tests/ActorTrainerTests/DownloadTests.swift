import Foundation
import HTTPTestSupport
import HTTPTypes
import JSONText
import ObjectStorage
import Testing

@Suite("download")
struct DownloadTests {
    private static let bytes = SafetensorsFile(
        metadata: [("ss_network_dim", "16")],
        tensors: [.init(name: "a", type: "U8", shape: [4], bytes: [1, 2, 3, 4])]
    ).bytes

    private func content(_ folder: URL) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path) }

    private func folder(_ program: ProgramUnderTest) throws -> URL {
        let folder = program.folder.appending(path: "my models")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test("a model that the demo has trained is fetched whole, once; a damaged one leaves nothing")
    func demo() async throws {
        try await ProgramUnderTest.inFolder { program in
            let folder = try folder(program)
            let none = try await program("download", "3", "--demo", "--to", folder.path + "/none")
            #expect(none.code == 3 && none.errors.contains("has no model yet"), "\(none.errors)")
            #expect(try content(folder).isEmpty, "for nothing no folder is made")
            let trained = try await program("train", "3", "--demo", "--time-scale", "600", "--yes")
            #expect(trained.code == 0, "\(trained.errors)")
            let run = try await program("download", "3", "--demo", "--to", folder.path, "--json")
            #expect(run.code == 0, "\(run.errors)")
            let told = try #require(try run.json().first)
            #expect(told["version"] == "V1" && told["hash_checked"] == .bool(true) && told["model"] == "actor_0003_V1")
            let file = folder.appending(path: "actor_0003_V1.safetensors")
            #expect(told["path"]?.string == file.path)
            let models = program.demo.appending(path: "simulator/models")
            let stored = try #require(
                FileManager.default.enumerator(at: models, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
                    .first { $0.lastPathComponent == "actor_0003_V1.safetensors" })
            #expect(try Data(contentsOf: file) == Data(contentsOf: stored))

            let again = try await program("download", "3", "--version", "V1", "--demo", "--to", folder.path)
            #expect(again.code == 4 && again.errors.contains("is there already"), "\(again.errors)")
            let unknown = try await program("download", "3", "--version", "9", "--demo", "--to", folder.path)
            #expect(unknown.code == 3 && unknown.errors.contains("no model V9; it has V1"), "\(unknown.errors)")
            let deeper = folder.appending(path: "by/actor").path
            let made = try await program("download", "3", "--demo", "--to", deeper)
            #expect(made.code == 0, "\(made.errors)")
            #expect(try Data(contentsOf: URL(filePath: deeper + "/actor_0003_V1.safetensors")) == Data(contentsOf: stored))
            let blocked = try await program("download", "3", "--demo", "--to", file.path + "/deeper")
            #expect(blocked.code == 3 && blocked.output.isEmpty)
            #expect(
                blocked.errors.contains(
                    "the folder \(file.path)/deeper cannot be made: \(file.path) is a file; name another one"),
                "\(blocked.errors)")
            #expect(!blocked.errors.contains("NSCocoaErrorDomain"))
            try FileManager.default.removeItem(at: folder.appending(path: "by"))

            try FileManager.default.removeItem(at: file)
            var damaged = try Data(contentsOf: stored)
            damaged[damaged.count - 1] ^= 1
            try damaged.write(to: stored)
            let wrong = try await program("download", "3", "--demo", "--to", folder.path)
            #expect(wrong.code == 3 && wrong.errors.contains("another hash"), "\(wrong.errors)")
            #expect(try content(folder).isEmpty)
        }
    }

    @Test(
        "a model on S3 is fetched with its hash checked; one that comes damaged, or that there is not, leaves nothing",
        arguments: [
            ("whole", Int32(0), ""), ("damaged", 3, "another hash"), ("missing", 3, "is not there"),
            ("forbidden", 3, "s3:GetObject"),
        ])
    func s3(state: String, code: Int32, word: String) async throws {
        var world = SoundWorld()
        switch state {
        case "whole": world.answers["/s3/demo-user-files/"] = .init(headers: [.eTag: "\"e\""], bytes: Self.bytes)
        case "damaged":
            world.answers["/s3/demo-user-files/"] = .init(headers: [.eTag: "\"e\""], bytes: Self.bytes.dropLast() + [9])
        case "missing": world.answers["/s3/demo-user-files/"] = SoundWorld.s3Error(404, "NoSuchKey")
        default: world.answers["/s3/demo-user-files/"] = SoundWorld.s3Error(403, "AccessDenied")
        }
        try await world.inFolder { program, options, environment in
            let folder = try folder(program)
            let run = try await program.run(["download", "12", "--to", folder.path] + options, environment: environment)
            #expect(run.code == code, "\(run.output) \(run.errors)")
            #expect(run.errors.contains(word) || word.isEmpty, "\(run.errors)")
            guard code == 0 else {
                #expect(try content(folder).isEmpty)
                return
            }
            #expect(run.output.first?.hasSuffix("its hash is right") == true, "\(run.output)")
            #expect(try content(folder) == ["actor_0012_V10.safetensors"])
            #expect(try [UInt8](Data(contentsOf: folder.appending(path: "actor_0012_V10.safetensors"))) == Self.bytes)
        }
    }
}
