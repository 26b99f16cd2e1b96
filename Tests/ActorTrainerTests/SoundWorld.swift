import Foundation
import HTTPTestSupport
import HTTPTypes
import JSONText
import Testing

/// Everything that the training of actor 3 needs, and nothing wrong with it, until a test breaks one thing: RunPod's queue, management
/// and account, an S3 server with the project's files, an ngrok agent, and a public address that leads to our listener.
struct SoundWorld: Sendable {
    var environment: [String: String?] = [:]
    /// Answers in place of the sound ones, by the beginning of their path.
    var answers: [String: FakeServer.Answer] = [:]
    /// The public address is that of this world's server, and not of our listener.
    var leadsElsewhere = false
    /// Nil takes the project's own template.
    var template: JSONValue?

    static let project = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../assets/demo-project")
        .standardizedFileURL
    static let images = "demo-casting-assets"
    /// The key of an image of actor 3.
    static let image = "system_actors/training_data/0003_andean_52_female/0003_andean_52_female_4.png"

    static func health(workers: Int) -> String {
        #"{"jobs":{"completed":1,"failed":0,"inProgress":0,"inQueue":0,"retried":0},"workers":{"idle":\#(workers),"initializing":0,"ready":\#(workers),"running":0,"throttled":0,"unhealthy":0}}"#
    }

    static func endpoint(most: Int = 3, timeout: Int = 7_200_000) -> FakeServer.Answer {
        .init(
            body:
                #"{"id":"abc123","name":"trainer","type":"QUEUE","gpu":{"pools":["ADA_24"],"count":1},"workers":{"min":0,"max":\#(most),"idleTimeout":5},"timeout":\#(timeout)}"#
        )
    }

    static func account(balance: Double) -> FakeServer.Answer {
        .init(body: #"{"data":{"myself":{"clientBalance":\#(balance),"currentSpendPerHr":0,"spendLimit":80}}}"#)
    }

    static func tunnel(to port: Int) -> FakeServer.Answer {
        .init(
            body:
                #"{"tunnels":[{"public_url":"https://somebody.example","proto":"https","config":{"addr":"http://localhost:\#(port)"}}]}"#
        )
    }

    static func s3Error(_ status: Int, _ code: String) -> FakeServer.Answer {
        .init(status: status, body: "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>no</Message></Error>")
    }

    /// Serves this world, and runs `doctor` in it.
    func doctor(_ arguments: String...) async throws -> ProgramUnderTest.Outcome { try await doctor(arguments) }

    func doctor(_ arguments: [String]) async throws -> ProgramUnderTest.Outcome {
        try await inFolder { program, options, environment in
            try await program.run(["doctor"] + arguments + options, environment: environment)
        }
    }

    /// Serves this world for the length of a test, which is given the options and the settings that lead to it.
    func inFolder<Value: Sendable>(
        _ body:
            @escaping @Sendable (ProgramUnderTest, _ arguments: [String], _ environment: [String: String]) async throws -> Value
    ) async throws -> Value {
        let sizes = try SoundWorld.sizes()
        let port = try await FakeServer.freePort()
        return try await ProgramUnderTest.inFolder { program in
            let project = program.folder.appending(path: "project")
            try FileManager.default.copyItem(at: SoundWorld.project, to: project)
            let file = program.folder.appending(path: "template.json")
            if let template { try Data(template.text().utf8).write(to: file) }
            let value = try await FakeServer.with({ self.answer($0, sizes) }) { server in
                var values = settings(server, listener: port)
                if template != nil { values["ACTOR_TRAINER_WORKFLOW"] = file.path }
                for (name, value) in environment { values[name] = value }
                return try await body(
                    program, ["--project", project.path, "--webhook-port", String(port)], values.compactMapValues(\.self))
            }
            return try #require(value)
        }
    }

    private func settings(_ server: FakeServer, listener: Int) -> [String: String?] {
        [
            "RUNPOD_API_KEY": "a-key", "MODEL_TRAINING_RUNPOD_ENDPOINT_ID": "abc123",
            "RUNPOD_API_BASE": server.base + "/queue", "RUNPOD_MANAGEMENT_BASE": server.base + "/management",
            "RUNPOD_GRAPHQL_URL": server.base + "/graphql", "NGROK_API": server.base,
            "ACTOR_TRAINER_PUBLIC_URL": leadsElsewhere ? server.base : "http://127.0.0.1:\(listener)",
            "AWS_ENDPOINT_URL_S3": server.base + "/s3", "AWS_ACCESS_KEY": "an-access-key",
            "AWS_ACCESS_SECRET": "an-access-secret",
        ]
    }

    private func answer(_ path: String, _ sizes: [String: Int]) -> FakeServer.Answer? {
        if let broken = answers.first(where: { path.hasPrefix($0.key) })?.value { return broken }
        if path == "/queue/abc123/health" { return .init(body: SoundWorld.health(workers: 2)) }
        if path == "/management/serverless/abc123" { return SoundWorld.endpoint() }
        if path == "/graphql" { return SoundWorld.account(balance: 20) }
        guard path.hasPrefix("/s3/") else { return nil }
        if path.contains("list-type=2") {
            return .init(body: "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")
        }
        guard let size = sizes[String(path.dropFirst(4))] else { return SoundWorld.s3Error(404, "NoSuchKey") }
        return SoundWorld.picture(path, size: size)
    }

    /// The first bytes of a picture of its own, as a range is answered.
    private static func picture(_ path: String, size: Int) -> FakeServer.Answer {
        let head: [UInt8] =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 4, 0, 0, 0, 4, 0]
        let count = min(size, 32 << 10)
        let bytes = head + [UInt8](repeating: 0, count: count - head.count)
        return .init(
            status: 206, headers: [.eTag: "\"\(path.hash)\"", .contentRange: "bytes 0-\(count - 1)/\(size)"], bytes: bytes)
    }

    /// The recorded sizes of actor 3's images by `BUCKET/KEY`.
    private static func sizes() throws -> [String: Int] {
        let file = project.appending(path: "data/actor_manifests/0003_manifest.json")
        let entries = try JSONValue(parsing: try Data(contentsOf: file))["training_data"]?.array ?? []
        let pairs = entries.compactMap { entry -> (String, Int)? in
            guard let url = entry["s3_url"]?.string.flatMap({ URL(string: $0) }), let size = entry["size_bytes"]?.int else {
                return nil
            }
            return ("\(images)\(url.path)", size)
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
