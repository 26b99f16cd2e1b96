import Foundation
import HTTPTestSupport
import JSONText
import Synchronization
import Testing

@Suite("doctor, of buckets")
struct DoctorBucketTests {
    /// An Actor Maker server with thirty actors, whose images lie on S3 in `open-bucket`; those of one far down the list lie in
    /// `closed-bucket`, and where the last one's lie the list of actors does not tell.
    private static func answer(_ path: String) -> FakeServer.Answer? {
        if path == "/api/actors" {
            let actors = (1...30).map { number -> JSONValue in
                var actor: JSONValue = ["id": .integer(number), "name": .string("actor \(number)")]
                if number == 30 { actor["training_data"] = ["count": 3, "synced": true] }
                return actor
            }
            return .init(body: JSONValue.array(actors).text())
        }
        if path.hasSuffix("/training-data") {
            let number = path.split(separator: "/").dropLast().last.map { String($0) } ?? ""
            let bucket = number == "25" ? "closed-bucket" : "open-bucket"
            let image: JSONValue = ["filename": "a.png", "s3_url": .string("s3://\(bucket)/\(number)/a.png"), "status": "synced"]
            return .init(body: JSONValue.object(["actor_name": .string(number), "training_images": [image]]).text())
        }
        if path.hasPrefix("/s3/closed-bucket") { return SoundWorld.s3Error(403, "AccessDenied") }
        guard path.hasPrefix("/s3/") else { return nil }
        guard path.contains("list-type=2") else { return SoundWorld.s3Error(404, "NoSuchKey") }
        return .init(body: "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")
    }

    @Test("opens each one of a server's once, however many actors lie in it, and says how many of what it looked at")
    func server() async throws {
        try await ProgramUnderTest.inFolder { program in
            let asked = Mutex<[String]>([])
            _ = try await FakeServer.with({ path in
                asked.withLock { $0.append(path) }
                return DoctorBucketTests.answer(path)
            }) { server in
                func doctor(_ arguments: String...) async throws -> [JSONValue] {
                    let run = try await program.run(
                        ["doctor"] + arguments + ["--json", "--server", server.base],
                        environment: [
                            "AWS_ENDPOINT_URL_S3": server.base + "/s3", "AWS_ACCESS_KEY": "an-access-key",
                            "AWS_ACCESS_SECRET": "an-access-secret",
                        ])
                    return try run.json().filter { $0["check"]?.string?.hasPrefix("s3") == true }
                }
                let found = try await doctor()
                #expect(found.map { $0["check"] } == ["s3.access", "s3", "s3"], "\(found)")
                try #require(found.count == 3)
                #expect(found.first?["detail"]?.string?.contains("closed-bucket") == true)
                #expect(found[1]["detail"] == "the bucket open-bucket lets us in: images")
                #expect(
                    found[2]["detail"]
                        == "2 buckets looked at, for the images of 29 of 30 actors and the models of 0; where the others' lie is not told before they are approved or named"
                )
                let requests = asked.withLock { paths in paths.filter { $0.hasPrefix("/s3/") } }
                #expect(requests.count { $0.contains("list-type=2") } == 2, "\(requests)")
                #expect(asked.withLock { paths in paths.count { $0.hasSuffix("/training-data") } } == 29)
                let named = try await doctor("30", "7")
                #expect(
                    named.map { $0["detail"] } == [
                        "the bucket open-bucket lets us in: images",
                        "1 bucket looked at, for the images of 2 actors and the models of 0",
                    ])
            }
        }
    }
}

@Suite("doctor, on a bucket that there is not")
struct SimulatedBucketTests {
    @Test("whatever it says of S3 and of images in a simulation is said to be simulated")
    func simulated() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program("doctor", "3", "--demo", "--json")
            let told = try run.json().filter { line in
                ["s3", "images"].contains(line["check"]?.string?.prefix { $0 != "." } ?? "")
            }
            let checks = Set(told.compactMap { $0["check"]?.string })
            #expect(checks.contains("s3") && checks.contains("images"), "\(run.output)")
            for line in told { #expect(line["detail"]?.string?.contains("simulated") == true, "\(line)") }
        }
    }
}
