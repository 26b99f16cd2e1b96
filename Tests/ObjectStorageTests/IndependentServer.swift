import Foundation
import JSONText
import Testing
import Training
import TrainingPorts

@testable import ObjectStorage

/// moto, an S3 server that is not ours and refuses wrong signatures; `s3-server.py` starts it with buckets, objects and users.
///
/// It runs where a Python with `moto[server,s3,iam]` is, which `.ci/s3-server` installs; it ends with its standard input.
final class IndependentServer {
    /// `ACTOR_TRAINER_TEST_PYTHON`, or where `.ci/s3-server` puts it.
    static var python: String {
        let environment = ProcessInfo.processInfo.environment
        if let set = environment["ACTOR_TRAINER_TEST_PYTHON"] { return set }
        let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.cache"
        return cache + "/actor-trainer/moto/bin/python"
    }

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: python) }

    let address: String
    let reader: S3Credentials
    let nobody: S3Credentials
    private let process: Process
    private let input: Pipe

    init(buckets: [String], objects: [(bucket: String, key: String, bytes: [UInt8])]) throws {
        let script = try #require(
            Bundle.module.url(forResource: "s3-server", withExtension: "py", subdirectory: "Fixtures"))
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: IndependentServer.python)
        process.arguments = [script.path(percentEncoded: false)]
        process.environment = ["HOME": NSTemporaryDirectory(), "PATH": "/usr/bin:/bin"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let entries = objects.map { object -> JSONValue in
            [
                "bucket": .string(object.bucket), "key": .string(object.key),
                "base64": .string(Data(object.bytes).base64EncodedString()),
            ]
        }
        let wanted: JSONValue = ["buckets": .array(buckets.map(JSONValue.string)), "objects": .array(entries)]
        try input.fileHandleForWriting.write(contentsOf: Data((wanted.text() + "\n").utf8))
        var line = Data()
        while !line.contains(0x0A) {
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else { break }
            line += piece
        }
        let answer = try JSONValue(parsing: [UInt8](line))
        func pair(_ name: String) -> S3Credentials {
            S3Credentials(
                accessKey: answer[name]?["access"]?.string ?? "", secret: Secret(answer[name]?["secret"]?.string ?? ""))
        }
        address = answer["address"]?.string ?? ""
        reader = pair("reader")
        nobody = pair("nobody")
        self.process = process
        self.input = input
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Runs something with a client and ends its connections.
    func with<Result>(_ credentials: S3Credentials, _ body: (S3Client) async throws -> Result) async throws -> Result {
        let endpoint = try #require(S3Endpoint(address: address))
        let client = S3Client(
            endpoint: endpoint, credentials: credentials, patience: .init(tries: 2, firstPause: .zero), random: FixedChance(),
            now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) })
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(client)) } catch { result = .failure(error) }
        await client.shutdown()
        return try result.get()
    }
}
