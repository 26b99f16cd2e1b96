import AsyncHTTPClient
import JSONText
import NIOHTTP1
import Testing
import Training
import TrainingPorts

@testable import ObjectStorage

@Suite struct SigningTests {
    /// AWS's published examples ("Signature Version 4, S3"): one key pair, time and host.
    static let example = S3Credentials(
        accessKey: "AKIAIOSFODNN7EXAMPLE", secret: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
    static let time = Timestamp(parsing: "2013-05-24T00:00:00Z") ?? Timestamp(milliseconds: 0)
    static let signer = RequestSigner(credentials: example, region: "us-east-1")
    static let accents = "/user a/modèls/actor+1 (v7)!*'~é.safetensors"

    struct Published: Sendable, CustomTestStringConvertible {
        var name: String
        var method = "GET"
        var path: String
        var query: [CanonicalRequest.Field] = []
        var headers: [CanonicalRequest.Field] = []
        var body = ""
        var signature: String

        var testDescription: String { name }
    }

    static let published: [Published] = [
        Published(
            name: "GET object", path: "/test.txt", headers: [.init(name: "Range", value: "bytes=0-9")],
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        Published(
            name: "PUT object", method: "PUT", path: "/test$file.text",
            headers: [
                .init(name: "Date", value: "Fri, 24 May 2013 00:00:00 GMT"),
                .init(name: "x-amz-storage-class", value: "REDUCED_REDUNDANCY"),
            ], body: "Welcome to Amazon S3.", signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        Published(
            name: "GET bucket lifecycle", path: "/", query: [.init(name: "lifecycle", value: "")],
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        Published(
            name: "list objects", path: "/",
            query: [.init(name: "prefix", value: "J"), .init(name: "max-keys", value: "2")],
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
        Published(
            name: "GET a key with blanks, accents and marks", path: accents, headers: [.init(name: "range", value: "bytes=0-7")],
            signature: "669039be0d720f368b7ec9425e8b67db290b6dbe8c7e48abbb7dc9006bb1a990"),
        Published(
            name: "HEAD of the same", method: "HEAD", path: accents,
            signature: "745bf8f6602c6e14429db0ee26714ad13312c18417bc1a56ac1c9668991ad92f"),
        Published(
            name: "list with slashes and blanks", path: "/",
            query: [
                .init(name: "start-after", value: "x y"), .init(name: "list-type", value: "2"),
                .init(name: "prefix", value: "a/b"), .init(name: "max-keys", value: "5"),
            ], signature: "efe65d89608f458c0be9bd5a1dd708c111523c6cc34f5cd601948013becb0c12"),
    ]

    static func request(_ path: String) -> CanonicalRequest {
        CanonicalRequest(
            method: "GET", path: path, query: [], headers: [.init(name: "host", value: "examplebucket.s3.amazonaws.com")],
            payload: .unsigned)
    }

    @Test("AWS's published S3 examples, and four more, are signed as published", arguments: published)
    func examples(_ example: Published) {
        var request = SigningTests.request(example.path)
        request.method = example.method
        request.query = example.query
        request.headers += example.headers
        request.payload = .bytes(Array(example.body.utf8))
        let signed = SigningTests.signer.signed(request, at: SigningTests.time)
        #expect(signed.headers.last?.value.hasSuffix("Signature=\(example.signature)") == true)
    }

    @Test(
        "presigned addresses are signed as published",
        arguments: [
            ("/test.txt", 86_400, "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"),
            (accents, 3600, "cc1eaba71a4d872f9bf56762d47f358d6ad1426c15a4d91a41c1782831553013"),
        ])
    func presigned(_ path: String, _ expiry: Int, _ signature: String) {
        let query = SigningTests.signer.presignedQuery(SigningTests.request(path), at: SigningTests.time, expiry: expiry)
        #expect(query.hasSuffix("&X-Amz-Signature=\(signature)"))
        #expect(query.contains("X-Amz-Expires=\(expiry)&"))
    }

    @Test(
        "a presigned address lives from one second to a week", arguments: [(0, 1), (-5, 1), (604_801, 604_800), (.max, 604_800)])
    func expiry(_ asked: Int, _ given: Int) {
        let query = SigningTests.signer.presignedQuery(SigningTests.request("/k"), at: SigningTests.time, expiry: asked)
        #expect(query.contains("X-Amz-Expires=\(given)&"))
    }

    @Test("AWS's suite for Signature Version 4 passes; where it asks for cleaned paths, S3's rule keeps them")
    func suite() throws {
        let cleaned: Set<String> = [
            "get-relative", "get-relative-relative", "get-slash", "get-slash-dot-slash", "get-slash-pointless-dot", "get-slashes",
        ]
        let vectors = try SigningVectors()
        let pair = S3Credentials(accessKey: "AKIDEXAMPLE", secret: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
        let signer = RequestSigner(credentials: pair, region: "us-east-1", service: "service")
        let time = SigningTime(try #require(Timestamp(parsing: "2015-08-30T12:36:00Z")))
        var passed = 0
        for example in vectors.suite {
            var request = example.request
            if example.name == "get-vanilla-with-session-token" {
                // The raw request lacks it: the signer is to add what its credentials hold.
                let line = example.text("canonical").split(separator: "\n").first { $0.hasPrefix("x-amz-security-token:") }
                request.headers.append(.init(name: "x-amz-security-token", value: String(try #require(line).dropFirst(21))))
            }
            guard !cleaned.contains(example.name) else {
                var expected = example.text("canonical").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                expected[1] = request.path
                #expect(request.text == expected.joined(separator: "\n"), "\(example.name)")
                continue
            }
            #expect(request.text == example.text("canonical"), "\(example.name)")
            #expect(signer.stringToSign(request, at: time) == example.text("string_to_sign"), "\(example.name)")
            #expect(signer.authorization(of: request, at: time) == example.text("authorization"), "\(example.name)")
            passed += 1
        }
        #expect(vectors.suite.count == 34 && passed == 28)
    }

    @Test("requests for odd keys go where botocore would send them, with its signature")
    func botocore() throws {
        let vectors = try SigningVectors()
        let rows = vectors.made.filter { $0.text("kind") == "header" }
        for row in rows {
            let request = row.call.request(
                row.endpoint, row.credentials(vectors.credentials), region: row.text("region"), at: vectors.time)
            #expect(request.headers.first(name: "authorization") == row.text("authorization"), "\(row.json.text())")
            #expect(request.url.hasPrefix("https://\(row.text("host"))\(row.text("path"))"), "\(row.json.text())")
        }
        #expect(rows.count == 75)
    }

    @Test("addresses for odd keys are presigned as botocore does it")
    func botocorePresigned() async throws {
        let vectors = try SigningVectors()
        let rows = vectors.made.filter { $0.text("kind") == "presigned" }
        for row in rows {
            let client = S3Client(
                endpoint: row.endpoint, credentials: row.credentials(vectors.credentials), random: FixedChance(),
                now: { vectors.time })
            let location = S3Location(bucket: row.text("bucket"), key: row.text("key"))
            let ours = client.presigned(location, expiry: row.json["expiry"]?.int ?? 0).revealed()
            await client.shutdown()
            #expect(SigningTests.parts(of: ours) == SigningTests.parts(of: row.text("address")), "\(ours)")
        }
        #expect(rows.count == 25)
    }

    /// The address without the order of its query, which the signature does not depend on.
    private static func parts(of address: String) -> [String] {
        let halves = address.split(separator: "?", maxSplits: 1).map(String.init)
        return [halves[0]] + halves[1].split(separator: "&").map(String.init).sorted()
    }

    @Test("a secret is in nothing that is signed")
    func secrets() {
        let pair = S3Credentials(accessKey: "AKIA", secret: Secret("marked-secret"), sessionToken: Secret("marked-token"))
        let signed = RequestSigner(credentials: pair, region: "r").signed(SigningTests.request("/k"), at: SigningTests.time)
        #expect(!signed.text.contains("marked-secret"))
        #expect(!"\(pair)".contains("marked"))
        #expect(signed.headers.contains { $0.value == "marked-token" })
    }
}

struct FixedChance: RandomSource {
    func next() -> UInt64 { UInt64.max / 2 }
}
