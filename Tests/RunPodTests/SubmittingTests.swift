import JSONText
import RunPod
import Testing
import Training
import TrainingPorts

/// What a submission over a real socket proves, row by row of the table of answers.
@Suite struct SubmittingTests {
    let order: JSONValue = [
        "input": ["training_config": ["request_id": "actor_0019_1_a"]], "webhook": "http://localhost/hook/tok3n-9",
    ]

    func submit(
        _ behaviour: RawServer.Behaviour, patience: RunPodClient.Patience = .init()
    ) async throws -> (answer: SubmissionAnswer, tally: RawServer.Tally) {
        try await RawServer.with(behaviour) { server in
            let answer = await submit(to: "http://127.0.0.1:\(server.port)/v2", patience: patience)
            return (answer, server.tally)
        }
    }

    func submit(to base: String, patience: RunPodClient.Patience = .init()) async -> SubmissionAnswer {
        let client = RunPodClient(base: base, endpoint: "ep1", key: Secret("key-not-to-be-seen"), patience: patience)
        let answer = await client.submit(order)
        await client.shutdown()
        return answer
    }

    @Test("a 200 with an id is accepted, whatever else is missing")
    func accepted() async throws {
        let (answer, tally) = try await submit(.answer(RawServer.json("200 OK", #"{"id":"a b/c-u1","status":"IN_QUEUE"}"#)))
        #expect(answer == .accepted(RunPodID("a b/c-u1"), .inQueue))
        #expect(tally.requests == 1)
        #expect(tally.text.hasPrefix("POST /v2/ep1/run HTTP/1.1\r\n"))
        #expect(tally.text.lowercased().contains("authorization: bearer key-not-to-be-seen"))
        #expect(tally.text.hasSuffix(order.text()))
        #expect(
            try await submit(.answer(RawServer.json("201 Created", #"{"id":"x"}"#))).answer == .accepted(RunPodID("x"), .inQueue))
    }

    @Test("each submission has a connection of its own")
    func freshConnection() async throws {
        try await RawServer.with(.answer(RawServer.json("200 OK", #"{"id":"x"}"#))) { server in
            let client = RunPodClient(base: "http://127.0.0.1:\(server.port)", endpoint: "e", key: Secret("key"))
            for _ in 0..<3 { _ = await client.submit(order) }
            await client.shutdown()
            #expect(server.tally.connections == 3)
            #expect(server.tally.requests == 3)
        }
    }

    @Test("a connection closed after the whole request leaves it uncertain, and it is sent exactly once")
    func closedWithoutAnswer() async throws {
        let (answer, tally) = try await submit(.answerAndClose(""))
        guard case .uncertain = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(tally.requests == 1)
    }

    @Test(
        "an answer that is cut, redirects, is no JSON, has no id or is a server's fault leaves it uncertain",
        arguments: [
            "HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n{\"id\":\"abc\"",
            "HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n{\"id\":\"abc\"}",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 400\r\n\r\n{\"error\":\"no\"}",
            "HTTP/1.1 200 OK\r\ncontent-le",
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: /v2/ep1/again\r\ncontent-length: 0\r\n\r\n",
            RawServer.json("200 OK", "<html>welcome</html>"),
            RawServer.json("200 OK", #"{"status":"IN_QUEUE"}"#),
            RawServer.json("200 OK", #"{"id":"","status":"IN_QUEUE"}"#),
            RawServer.json("200 OK", #"{"id":7}"#),
            RawServer.json("408 Request Timeout", #"{"error":"late"}"#),
            RawServer.json("500 Internal Server Error", #"{"error":"redis err"}"#),
            RawServer.json("502 Bad Gateway", "<html><title>502</title></html>"),
            RawServer.json("504 Gateway Timeout", ""),
            RawServer.json("403 Forbidden", "<html><title>Sign in to the hotel</title></html>"),
            RawServer.json("401 Unauthorized", ""),
            RawServer.json("409 Conflict", #"{"error":"what now"}"#),
        ])
    func uncertain(_ bytes: String) async throws {
        let (answer, tally) = try await submit(.answerAndClose(bytes))
        guard case .uncertain(let words) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(!words.isEmpty && !words.contains("{"))
        #expect(tally.requests == 1)
    }

    @Test("an answer that does not come within the deadline leaves it uncertain, also when its body only trickles")
    func deadline() async throws {
        let patience = RunPodClient.Patience(submission: .milliseconds(150))
        for behaviour in [RawServer.Behaviour.silent, .answer("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"id\":\"abc\",")] {
            let (answer, tally) = try await submit(behaviour, patience: patience)
            guard case .uncertain(let words) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(words.contains("did not answer in full"))
            #expect(tally.requests == 1)
        }
    }

    @Test("a refusal in the API's own JSON is final", arguments: [400, 401, 402, 403, 404, 413, 422])
    func rejected(_ status: Int) async throws {
        let (answer, _) = try await submit(.answer(RawServer.json("\(status) No", #"{"error":"not like this"}"#)))
        #expect(answer == .rejected(status: status, "not like this"))
    }

    @Test("429 is turned away, with the pause that it names")
    func throttled() async throws {
        let bytes = RawServer.json("429 Too Many Requests", #"{"error":"slow down"}"#, headers: "retry-after: 7\r\n")
        #expect(try await submit(.answer(bytes)).answer == .throttled("RunPod answered 429: slow down", retryAfter: .seconds(7)))
        let bare = RawServer.json("429 Too Many Requests", "", headers: "retry-after: Wed, 21 Oct 2026 07:28:00 GMT\r\n")
        #expect(try await submit(.answer(bare)).answer == .throttled("RunPod answered 429 without a reason", retryAfter: nil))
    }

    @Test("an answer that repeats the key or the webhook's address does not carry them on")
    func secretsHidden() async throws {
        let body = #"{"error":"Bearer key-not-to-be-seen may not call http://localhost/hook/tok3n-9"}"#
        let (answer, _) = try await submit(.answer(RawServer.json("401 Unauthorized", body)))
        #expect(answer == .rejected(status: 401, "Bearer ••• may not call •••"))
    }
}
