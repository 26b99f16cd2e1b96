import NIOHTTP1
import Testing
import Training
import TrainingPorts

@testable import RunPod

@Suite("What RunPod says of its own limits", .timeLimit(.minutes(1)))
struct RateLimitTests {
    private func told(_ limit: String? = nil, policy: String? = nil, retryAfter: Seconds? = nil) -> RateLimitHeaders {
        var headers = HTTPHeaders()
        if let limit { headers.add(name: "RateLimit", value: limit) }
        if let policy { headers.add(name: "RateLimit-Policy", value: policy) }
        return RateLimitHeaders(headers, retryAfter: retryAfter)
    }

    @Test("is read item by item, whatever a limit is called, and what is no number is passed over")
    func reading() {
        let limit = #""a minute; or, so";r=0;t=12, "hour" ; R=7 ; t=1200, "odd";r=-1;t=5, "word";r=many, plain;r=3"#
        #expect(
            told(limit).left == [
                .init(calls: 0, reset: .seconds(12)), .init(calls: 7, reset: .seconds(1200)),
                .init(calls: 3, reset: .seconds(1)),
            ])
        let policy = #""minute";q=60;w=60, "broken";q=0;w=60, "endless";q=5"#
        #expect(told(policy: policy).allowances == [.init(calls: 60, window: .seconds(60))])
        #expect(told(#""x";r=0;t=999999999"#).left.first?.reset == .seconds(3600))
        #expect(told().left.isEmpty && told().pause == nil)
    }

    @Test("nothing goes before a used limit is whole again")
    func closed() {
        var bucket = TokenBucket(calls: 60, window: .seconds(60))
        bucket.learn(told(#""minute";r=0;t=12, "hour";r=900;t=1200"#), at: .seconds(100))
        #expect(bucket.reserve(at: .seconds(100)) == .seconds(12))
        #expect(bucket.reserve(at: .seconds(112)) == .zero)
        bucket.learn(told(#""day";r=0;t=900"#), at: .seconds(200))
        #expect(bucket.reserve(at: .seconds(200)) == nil)
        bucket.learn(told(retryAfter: .seconds(5)), at: .seconds(2000))
        #expect(bucket.reserve(at: .seconds(2000)) == .seconds(5))
    }

    @Test("what others have taken is not taken again, and a smaller allowance is kept from then on")
    func shared() {
        var bucket = TokenBucket(calls: 60, window: .seconds(60))
        bucket.learn(told(#""minute";r=1;t=30"#), at: .zero)
        #expect(bucket.reserve(at: .zero) == .zero)
        #expect(bucket.reserve(at: .zero) == .seconds(2))
        var small = TokenBucket(calls: 60, window: .seconds(60))
        small.learn(told(policy: #""minute";q=4;w=60"#), at: .zero)
        small.learn(told(policy: #""minute";q=4000;w=60"#), at: .zero)
        #expect(small.reserve(at: .seconds(60)) == .zero && small.reserve(at: .seconds(60)) == .zero)
        #expect(small.reserve(at: .seconds(60)) == .seconds(30))
    }

    @Test(
        "a used limit lets no second call out, whether the first one was answered or turned away",
        arguments: [
            ("200 OK", "RateLimit: \"minute\";r=0;t=3000\r\n"), ("429 Too Many Requests", "Retry-After: 3000\r\n"),
            ("404 Not Found", "ratelimit: \"hour\";r=0;t=3000\r\n"),
        ])
    func obeyed(status: String, headers: String) async throws {
        let answer = RawServer.json(status, #"{"id":"ep"}"#, headers: headers)
        try await RawServer.with(.answer(answer)) { server in
            let client = RunPodManagementClient(
                base: "http://127.0.0.1:\(server.port)/v2", endpoint: "ep", key: Secret("k"),
                patience: .init(connect: .seconds(5), call: .seconds(5)))
            _ = await client.endpointFacts()
            let second = await client.workers()
            await client.shutdown()
            guard case .throttled = second else {
                Issue.record("\(second)")
                return
            }
            #expect(server.tally.requests == 1)
        }
    }
}
