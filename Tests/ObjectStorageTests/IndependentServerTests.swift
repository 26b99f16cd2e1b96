import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import NIOHTTP1
import Testing
import Training
import TrainingPorts

@testable import ObjectStorage

/// Everything against a server that is not ours and checks signatures with botocore's code. One server for all: it takes seconds.
@Suite struct IndependentServerTests {
    static let keys = [
        "plain.txt", "with space.txt", "plus+plus.txt", "/lead//double", "a/./b/../c", "percent%20already", "mod\u{E8}le",
        "mode\u{300}le", "東京/船長.png", "🎭 emoji/👩‍🚀.webp", "quote'\"!*();:@&=$,?#[]", "a=b&c=d", "ends with space ",
    ]
    static let model = ModelName(actor: ActorID(19), version: VersionNumber(7))

    static var objects: [(bucket: String, key: String, bytes: [UInt8])] {
        var objects = keys.map { (bucket: "odd-keys", key: $0, bytes: Array("content of \($0)".utf8)) }
        let file = SafetensorsTests.file.bytes
        objects.append(("models", "my models+/actor_0019_V7.safetensors", file))
        objects.append(("models", "my models+/actor_19_V6.safetensors", file))
        objects.append(("models", "my models+/actor_0019_V8.safetensors", Array(file.dropLast())))
        objects.append(("models", "my models+/actor_0019_V9.safetensors", []))
        objects.append(("models", "my models+/actor_0190_V1.safetensors", file))
        objects.append(("images", "é 1.png", ImageHeaderTests.png))
        objects.append(("images", "late.jpg", ImageHeaderTests.jpeg(metadata: 60_000)))
        objects.append(("images", "empty.png", []))
        objects.append(("images", "text.png", Array("no image".utf8)))
        return objects
    }

    @Test(
        "head, ranged read, list, presigned addresses, models and images pass a server that checks signatures",
        .enabled(if: IndependentServer.isInstalled, "no S3 server to test against: run .ci/s3-server to install it"))
    func everything() async throws {
        let server = try IndependentServer(buckets: ["odd-keys", "models", "images"], objects: IndependentServerTests.objects)
        defer { server.stop() }
        try await server.with(server.reader) { client in
            try await oddKeys(client)
            try await lists(client)
            try await models(client)
            try await images(client)
            try await downloads(client)
            try await absences(client)
        }
        try await refusals(server)
    }

    private func oddKeys(_ client: S3Client) async throws {
        let plain = HTTPClient(configuration: .init(redirectConfiguration: .disallow))
        for key in IndependentServerTests.keys {
            let location = S3Location(bucket: "odd-keys", key: key)
            let content = Array("content of \(key)".utf8)
            let object = try await client.head(location)
            #expect(object.sizeBytes == content.count && object.etag.count == 32 && object.lastModified != nil, "\(key)")
            let piece = try await client.read(location, 3..<9, matching: object.etag)
            #expect(piece.bytes == Array(content[3..<9]) && piece.object.sizeBytes == content.count, "\(key)")
            let address = client.presigned(location, expiry: 60).revealed()
            let answer = try await plain.execute(HTTPClientRequest(url: address), timeout: .seconds(10))
            let body = try await answer.body.collect(upTo: 1 << 16)
            #expect(Array(body.readableBytesView) == content, "\(key)")
            let wrong = String(address.dropLast()) + (address.hasSuffix("0") ? "1" : "0")
            let refused = try await plain.execute(HTTPClientRequest(url: wrong), timeout: .seconds(10))
            #expect(refused.status == .forbidden, "\(key)")
        }
        try await plain.shutdown()
    }

    private func lists(_ client: S3Client) async throws {
        func sorted(_ keys: [String]) -> [[UInt8]] {
            keys.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        }
        let all = try await client.list("odd-keys", pageSize: 3)
        #expect(sorted(all.objects.map(\.location.key)) == sorted(IndependentServerTests.keys) && !all.isCut)
        let folder = try await client.list("odd-keys", prefix: "a/", delimiter: "/")
        #expect(folder.prefixes == ["a/./"] && folder.objects.isEmpty)
        #expect(try await client.list("odd-keys", prefix: "plus+").objects.map(\.location.key) == ["plus+plus.txt"])
        let cut = try await client.list("odd-keys", limit: 2, pageSize: 1)
        #expect(cut.objects.count == 2 && cut.isCut)
    }

    private func models(_ client: S3Client) async throws {
        let store = S3ModelStore(client: client) { [S3Location(bucket: "models", key: "my models+/")] }
        guard case .present(let found) = await store.find(IndependentServerTests.model, address: nil) else {
            Issue.record("the model should be there")
            return
        }
        #expect(found.sizeBytes == SafetensorsTests.file.bytes.count && found.metadata["ss_network_dim"] == "4")
        let address = "https://s3-accelerate.amazonaws.com/models/my%20models%2B/actor_0019_V7.safetensors"
        #expect(await store.find(IndependentServerTests.model, address: address) == .present(found))
        func version(_ number: Int) -> ModelName { ModelName(actor: ActorID(19), version: VersionNumber(number)) }
        guard case .broken(let cut) = await store.find(version(8), address: nil),
            case .broken(let empty) = await store.find(version(9), address: nil),
            case .broken(let named) = await store.find(version(5), address: address),
            case .present = await store.find(version(6), address: nil)
        else {
            Issue.record("a cut, an empty and a wrongly named model should be told")
            return
        }
        #expect(cut.contains("cut off") && empty == "the file is empty" && named.contains("not the name ordered"))
        #expect(await store.find(version(5), address: nil) == .absent)
        #expect(try await store.models(of: ActorID(19)).map(\.version.number) == [6, 7, 8, 9])
    }

    private func images(_ client: S3Client) async throws {
        let names = ["é 1.png", "late.jpg", "empty.png", "text.png", "none.png"]
        let findings = await S3ImageStore(client: client).inspect(
            all: names.map { S3Location(bucket: "images", key: $0) }, atOnce: 2)
        guard case .present(let png) = findings[0], case .present(let jpeg) = findings[1] else {
            Issue.record("two images should be there: \(findings)")
            return
        }
        #expect(png.format == .png && png.width == 3 && png.height == 2 && png.etag.count == 32)
        #expect(jpeg.format == .jpeg && jpeg.width == 640 && jpeg.height == 480 && jpeg.sizeBytes > 60_000)
        #expect(findings[2] == .broken("the file is empty") && findings[4] == .absent)
        #expect(findings[3] == .broken("the file is no PNG, JPEG or WebP image"))
        let store = S3ImageStore(client: client)
        let top = S3Location(bucket: "images", key: "")
        let there = S3Location(bucket: "images", key: "é 1.png")
        guard case .files(let files) = await store.files(in: top) else {
            Issue.record("the folder should be listed")
            return
        }
        #expect(Set(files.map(\.key)) == Set(names.dropLast()))
        #expect(await store.access(to: top, example: there) == .open)
        #expect(await store.access(to: top, example: S3Location(bucket: "images", key: "none")) == .open)
        guard case .noBucket = await store.access(to: S3Location(bucket: "no-such-bucket", key: "a/"), example: nil) else {
            Issue.record("a bucket that is not there should be told")
            return
        }
    }

    private func downloads(_ client: S3Client) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "download-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let location = S3Location(bucket: "models", key: "my models+/actor_0019_V7.safetensors")
        let path = folder.appending(path: "model.safetensors").path(percentEncoded: false)
        let store = S3ModelStore(client: client) { [] }
        let size = SafetensorsTests.file.bytes.count
        #expect(try await store.download(location, to: path) == DownloadedModel(sizeBytes: size, isHashChecked: true))
        await #expect(throws: PortError.self) { try await store.download(location, to: path) }
        #expect(try [UInt8](Data(contentsOf: URL(filePath: path))) == SafetensorsTests.file.bytes)
        await #expect(throws: S3Error.self) { try await client.download(location, to: path) }
        await #expect(throws: S3Error.self) { try await client.download(location, to: path + "2", sha256: "00") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).count == 1)
    }

    private func absences(_ client: S3Client) async throws {
        await expect(.noSuchKey) { _ = try await client.head(S3Location(bucket: "odd-keys", key: "none")) }
        await expect(.noSuchBucket) { _ = try await client.list("no-such-bucket") }
        await expect(.changed) {
            _ = try await client.read(S3Location(bucket: "odd-keys", key: "plain.txt"), 0..<1, matching: "another")
        }
        await expect(.outOfRange) { _ = try await client.read(S3Location(bucket: "odd-keys", key: "plain.txt"), 900..<901) }
    }

    private func refusals(_ server: IndependentServer) async throws {
        let location = S3Location(bucket: "odd-keys", key: "plain.txt")
        let wrong = S3Credentials(accessKey: server.reader.accessKey, secret: Secret("wrong-secret-of-forty-characters-length!"))
        try await server.with(wrong) { client in
            await expect(.badCredentials) { _ = try await client.head(location) }
            await expect(.badCredentials) { _ = try await client.read(location, 0..<1) }
            guard case .wrongKey = await S3ImageStore(client: client).access(to: location.folder, example: location) else {
                Issue.record("a wrong secret should be told")
                return
            }
        }
        try await server.with(S3Credentials(accessKey: "AKIANOBODYKNOWSME000", secret: Secret("wrong"))) { client in
            await expect(.badCredentials) { _ = try await client.list("odd-keys") }
        }
        try await server.with(server.nobody) { client in
            await expect(.forbidden) { _ = try await client.head(location) }
            let finding = await S3ImageStore(client: client).inspect(location)
            guard case .forbidden(let words) = finding else {
                Issue.record("\(finding)")
                return
            }
            #expect(words.contains("s3:GetObject"))
            guard case .forbidden = await S3ImageStore(client: client).access(to: location.folder, example: location),
                case .notListed = await S3ImageStore(client: client).files(in: location.folder)
            else {
                Issue.record("a forbidden bucket should be told")
                return
            }
        }
    }

    private func expect(_ code: S3Error.Code, _ body: () async throws -> Void) async {
        do {
            try await body()
            Issue.record("\(code) should be thrown")
        } catch {
            #expect((error as? S3Error)?.code == code, "\(error)")
        }
    }
}
