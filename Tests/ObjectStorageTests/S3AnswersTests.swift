import Synchronization
import Testing
import Training
import TrainingPorts

@testable import ObjectStorage

@Suite struct S3AnswersTests {
    static let location = S3Location(bucket: "bucket", key: "k")
    static let now = Timestamp(parsing: "2026-11-23T12:00:00Z") ?? Timestamp(milliseconds: 0)

    /// What came of a read against a server with such answers.
    struct Outcome {
        var piece: S3Piece?
        var error: S3Error?
        var requests: [String]
        var pauses: [Duration]
    }

    func reading(_ answers: String..., range: Range<Int> = 0..<4, key: String = "k", tries: Int = 4) async throws -> Outcome {
        let server = try await ScriptedServer(answers)
        let pauses = Mutex<[Duration]>([])
        let endpoint = try #require(S3Endpoint(address: "http://127.0.0.1:\(server.port)", region: "us-east-1"))
        let pair = S3Credentials(accessKey: "AKIA", secret: Secret("marked-secret"))
        let client = S3Client(
            endpoint: endpoint, credentials: pair,
            patience: .init(tries: tries, firstPause: .seconds(1), longestPause: .seconds(3)),
            random: FixedChance(), now: { S3AnswersTests.now }, pause: { length in pauses.withLock { $0.append(length) } })
        var outcome = Outcome(requests: [], pauses: [])
        do { outcome.piece = try await client.read(S3Location(bucket: "bucket", key: key), range) } catch {
            outcome.error = error
        }
        await client.shutdown()
        outcome.requests = server.requests
        outcome.pauses = pauses.withLock { $0 }
        try await server.stop()
        return outcome
    }

    static let good = ScriptedServer.answer(
        "206 Partial Content", "text", headers: "content-range: bytes 0-3/700\r\netag: \"e\"\r\n")

    @Test(
        "a bucket of another region is asked for there, signed anew, once",
        arguments: [
            ScriptedServer.error("301 Moved Permanently", "PermanentRedirect", headers: "x-amz-bucket-region: eu-west-1\r\n"),
            ScriptedServer.error("400 Bad Request", "AuthorizationHeaderMalformed", "<Region>eu-west-1</Region>"),
            ScriptedServer.error(
                "400 Bad Request", "AuthorizationHeaderMalformed",
                "<Message>the region 'us-east-1' is wrong; expecting 'eu-west-1'</Message>"),
            ScriptedServer.answer("400 Bad Request", headers: "x-amz-bucket-region: eu-west-1\r\n"),
        ])
    func region(_ refusal: String) async throws {
        let outcome = try await reading(refusal, S3AnswersTests.good)
        #expect(outcome.piece?.object.sizeBytes == 700 && outcome.pauses.isEmpty)
        #expect(outcome.requests.count == 2 && outcome.requests[0].contains("/us-east-1/s3/"))
        #expect(outcome.requests.last?.contains("/eu-west-1/s3/") == true)
    }

    @Test("a bucket that is nowhere is one sentence with the right region, and no endless chase")
    func regionTwice() async throws {
        let outcome = try await reading(
            ScriptedServer.error("301 Moved Permanently", "PermanentRedirect", headers: "x-amz-bucket-region: eu-west-1\r\n"),
            ScriptedServer.error("301 Moved Permanently", "PermanentRedirect", headers: "x-amz-bucket-region: eu-west-2\r\n"))
        #expect(outcome.error?.code == .wrongRegion && outcome.requests.count == 2)
        #expect(outcome.error?.message.hasSuffix("set AWS_REGION=eu-west-2") == true)
    }

    @Test("a region that could lead elsewhere is not believed")
    func forgedRegion() async throws {
        let outcome = try await reading(
            ScriptedServer.error("301 Moved Permanently", "PermanentRedirect", "<Region>evil.example/</Region>"))
        #expect(outcome.error?.code == .wrongRegion && outcome.requests.count == 1)
    }

    @Test("what may pass is tried again after growing pauses, and within a limit")
    func passing() async throws {
        let slow = ScriptedServer.error("503 Slow Down", "SlowDown")
        let outcome = try await reading(slow, slow, slow, S3AnswersTests.good)
        #expect(outcome.piece?.bytes == Array("text".utf8))
        #expect(outcome.pauses.count == 3 && zip(outcome.pauses, outcome.pauses.dropFirst()).allSatisfy(<))
        #expect(outcome.pauses.allSatisfy { $0 >= .milliseconds(500) && $0 <= .seconds(3) })
        let worn = try await reading(slow)
        #expect(worn.error?.code == .busy && worn.requests.count == 4 && worn.pauses.count == 3)
    }

    @Test("a lost connection is tried again")
    func lost() async throws {
        let outcome = try await reading("", S3AnswersTests.good)
        #expect(outcome.piece != nil && outcome.requests.count == 2)
    }

    @Test("a refusal is not tried again, and its sentence says what to do")
    func refused() async throws {
        let cases: [(String, String, S3Error.Code, String)] = [
            ("403 Forbidden", "AccessDenied", .forbidden, "s3:GetObject"),
            ("403 Forbidden", "SignatureDoesNotMatch", .badCredentials, "AWS_ACCESS_SECRET"),
            ("403 Forbidden", "InvalidAccessKeyId", .badCredentials, "AWS_ACCESS_KEY"),
            ("400 Bad Request", "ExpiredToken", .badCredentials, "AWS_SESSION_TOKEN"),
            ("404 Not Found", "NoSuchBucket", .noSuchBucket, "no bucket bucket"),
            ("404 Not Found", "NoSuchKey", .noSuchKey, "s3://bucket/k"),
            ("412 Precondition Failed", "PreconditionFailed", .changed, "replaced"),
            ("418 Teapot", "Odd", .invalidAnswer, "418"),
        ]
        for (status, code, expected, words) in cases {
            let outcome = try await reading(ScriptedServer.error(status, code, "<Message>marked-secret</Message>"))
            #expect(outcome.error?.code == expected && outcome.requests.count == 1, "\(code)")
            #expect(outcome.error?.message.contains(words) == true, "\(code): \(outcome.error?.message ?? "")")
            #expect(outcome.error?.message.contains("marked-secret") == false)
        }
    }

    @Test("a clock that is off is told with how much")
    func clock() async throws {
        let outcome = try await reading(
            ScriptedServer.error(
                "403 Forbidden", "RequestTimeTooSkewed", headers: "date: Mon, 23 Nov 2026 12:40:00 GMT\r\n"))
        #expect(outcome.error?.code == .clock)
        #expect(outcome.error?.message.contains("40 minutes behind") == true)
    }

    @Test("a server that ignores the range is read as far as needed; one that sends another part is not believed")
    func ranges() async throws {
        let whole = ScriptedServer.answer("200 OK", "0123456789", headers: "etag: \"e\"\r\n")
        #expect(try await reading(whole, range: 2..<5).piece?.bytes == Array("234".utf8))
        #expect(try await reading(whole, range: 2..<5).piece?.object.sizeBytes == 10)
        for range in ["bytes 1-4/700", "bytes 0-2/700", "items 0-3/700", "bytes 0-3/*", ""] {
            let part = ScriptedServer.answer("206 Partial Content", "text", headers: "content-range: \(range)\r\n")
            #expect(try await reading(part).error?.code == .invalidAnswer, "\(range)")
        }
    }

    @Test(
        "a key reaches the wire byte for byte, encoded once",
        arguments: [
            ("/lead//double", "/bucket//lead//double"), ("a/./b/../c", "/bucket/a/./b/../c"), ("..", "/bucket/.."),
            ("a+b c%20", "/bucket/a%2Bb%20c%2520"), ("e\u{301}\u{E9}", "/bucket/e%CC%81%C3%A9"), ("t/", "/bucket/t/"),
        ])
    func wire(_ key: String, _ path: String) async throws {
        let outcome = try await reading(S3AnswersTests.good, key: key)
        #expect(outcome.requests.first?.hasPrefix("GET \(path) HTTP/1.1\r\n") == true, "\(outcome.requests)")
    }

    @Test("composed and decomposed accents are two keys")
    func normalisation() {
        let (composed, decomposed) = (S3Location(bucket: "b", key: "\u{E9}"), S3Location(bucket: "b", key: "e\u{301}"))
        #expect(composed != decomposed && Set([composed, decomposed]).count == 2)
    }

    @Test("a page of a list is decoded, and one with an entry that cannot be read is refused")
    func pages() throws {
        let page = try ListPage(
            Array(
                """
                <ListBucketResult><IsTruncated>true</IsTruncated><EncodingType>url</EncodingType><NextContinuationToken>t</NextContinuationToken>\
                <Contents><Key>a+b%2Bc</Key><Size>1</Size><ETag>&quot;e&quot;</ETag></Contents></ListBucketResult>
                """.utf8), bucket: "b")
        #expect(page.next == "t" && page.objects.map(\.location.key) == ["a b+c"] && page.objects[0].etag == "e")
        #expect(throws: S3Error.self) { try ListPage(Array("<html/>".utf8), bucket: "b") }
        #expect(throws: S3Error.self) {
            try ListPage(Array("<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>".utf8), bucket: "b")
        }
    }
}
