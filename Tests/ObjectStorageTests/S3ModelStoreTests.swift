import Testing
import Training
import TrainingPorts

@testable import ObjectStorage

@Suite("A model counts for absent only where it was looked for")
struct S3ModelStoreTests {
    static let model = ModelName(actor: ActorID(19), version: VersionNumber(7))
    static let address = "https://bucket.s3.amazonaws.com/models/actor_0019_V7.safetensors"
    static let folder = S3Location(bucket: "bucket", key: "models/")
    static let missing = ScriptedServer.error("404 Not Found", "NoSuchKey")
    static let empty = ScriptedServer.answer("200 OK", "<ListBucketResult></ListBucketResult>")
    static let full = ScriptedServer.answer(
        "200 OK",
        """
        <ListBucketResult><Contents><Key>models/actor_0019_V7.safetensors</Key><Size>1</Size></Contents></ListBucketResult>
        """)

    /// A store before a server with such answers.
    private func with<Result: Sendable>(
        _ answers: [String], folders: @escaping S3ModelStore.Folders, _ body: (S3ModelStore) async throws -> Result
    ) async throws -> Result {
        let server = try await ScriptedServer(answers)
        let endpoint = try #require(S3Endpoint(address: "http://127.0.0.1:\(server.port)", region: "us-east-1"))
        let client = S3Client(
            endpoint: endpoint, credentials: S3Credentials(accessKey: "AKIA", secret: Secret("secret")),
            patience: .init(tries: 2), random: FixedChance(), now: { S3AnswersTests.now }, pause: { _ in })
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(S3ModelStore(client: client, folders: folders)))
        } catch {
            result = .failure(error)
        }
        await client.shutdown()
        try await server.stop()
        return try result.get()
    }

    private func finding(
        _ answer: String, address: String? = nil, folders: @escaping S3ModelStore.Folders = { [S3ModelStoreTests.folder] }
    ) async throws -> ModelFinding {
        try await with([answer], folders: folders) { await $0.find(S3ModelStoreTests.model, address: address) }
    }

    @Test("where nobody can tell now where models lie it could not be looked for")
    func unknownFolders() async throws {
        let folders: S3ModelStore.Folders = { () throws(PortError) in throw PortError(.unreachable, "the actors cannot be read") }
        #expect(try await finding(Self.missing, folders: folders) == .unreachable("the actors cannot be read"))
        let atAddress = try await finding(Self.missing, address: Self.address, folders: folders)
        #expect(atAddress == .unreachable("the actors cannot be read"))
    }

    @Test("without a folder and without an address nobody has looked; at an address that the job named somebody has")
    func noFolders() async throws {
        #expect(try await finding(Self.missing, folders: { [] }) == .notChecked)
        #expect(try await finding(Self.missing, address: "https://example.com/", folders: { [] }) == .notChecked)
        #expect(try await finding(Self.missing, address: Self.address, folders: { [] }) == .absent)
        #expect(try await finding(Self.missing) == .absent)
    }

    @Test("a 404 that S3 has not written, as a wrong server gives it, says nothing about the model")
    func wrongServer() async throws {
        for page in ["", "<html><title>404 Not Found</title></html>"] {
            guard case .unreachable(let words) = try await finding(ScriptedServer.answer("404 Not Found", page)) else {
                Issue.record("“\(page)” was believed")
                continue
            }
            #expect(words.contains("AWS_ENDPOINT_URL_S3"))
        }
    }

    private func listing(_ answers: [String], folders: Int = 1) async throws -> [ModelName] {
        try await with(answers, folders: { (0..<folders).map { S3Location(bucket: "bucket\($0)", key: "models/") } }) {
            try await $0.models(of: ActorID(19))
        }
    }

    @Test("a list that S3 does not give now is a fault and no empty list; one that it never will is told apart")
    func listFaults() async throws {
        let cases: [(String, PortError.Code)] = [
            (ScriptedServer.error("503 Slow Down", "SlowDown"), .unreachable),
            (ScriptedServer.error("403 Forbidden", "ExpiredToken"), .unreachable),
            (ScriptedServer.error("404 Not Found", "NoSuchBucket"), .unreachable),
            (ScriptedServer.answer("404 Not Found", ""), .unreachable),
            (ScriptedServer.error("403 Forbidden", "AccessDenied"), .refused),
        ]
        for (answer, code) in cases {
            do {
                let models = try await listing([answer])
                Issue.record("\(answer) gave \(models)")
            } catch let error as PortError {
                #expect(error.code == code, "\(answer)")
                #expect(error.message.contains("cannot be listed"))
            }
        }
        #expect(try await listing([Self.full]) == [Self.model])
        #expect(try await listing([Self.empty]).isEmpty)
    }

    @Test("a closed or vanished folder is passed over where another one can be listed, a busy one never")
    func someFolders() async throws {
        let closed = ScriptedServer.error("403 Forbidden", "AccessDenied")
        #expect(try await listing([closed, Self.full], folders: 2) == [Self.model])
        let gone = ScriptedServer.error("404 Not Found", "NoSuchBucket")
        #expect(try await listing([gone, Self.full], folders: 2) == [Self.model])
        await #expect(throws: PortError.self) {
            try await listing([Self.full, Self.full, ScriptedServer.error("503 Slow Down", "SlowDown")], folders: 2)
        }
    }
}
