import Testing
import Training
import TrainingPorts

@testable import WebhookListener

@Suite("What a webhook says")
struct WebhookMessageTests {
    private let request = RequestID(rawValue: "actor_0019_1760690576817_9f3a5c7e1b2d4f60")

    private func read(_ text: String) throws -> WebhookNews {
        try WebhookMessage(parsing: Array(text.utf8), for: request, hiding: Secret("the-token-itself")).news
    }

    /// A body as RunPod sends it, with what differs put in.
    private func body(_ fields: String, request: String = "actor_0019_1760690576817_9f3a5c7e1b2d4f60") -> String {
        """
        {"delayTime":320165,"executionTime":1558769,"id":"d7c6aa87-df8d-49db-982b-8890054fe56f-e2",
        "input":{"training_config":{"request_id":"\(request)","model_name":"actor_0019_V7"},"workflow":{"4":{"inputs":{"steps":2000}}}},
        "webhook":"https://host/hook/the-token-itself",\(fields)}
        """
    }

    @Test("is read from a body of the real form")
    func completed() throws {
        let news = try read(
            body(
                """
                "retries":1,"status":"COMPLETED","output":{"job_id":"x","loraName":"actor_0019_V7.safetensors",
                "loraUrl":"https://s3-accelerate.amazonaws.com/bucket/models/actor_0019_V7.safetensors?X-Amz-Signature=secret",
                "message":"done","model_info":{"download_url":"https://elsewhere/x"},"status":"success"}
                """))
        #expect(
            news
                == WebhookNews(
                    runpod: RunPodID("d7c6aa87-df8d-49db-982b-8890054fe56f-e2"), state: .completed,
                    address: "https://s3-accelerate.amazonaws.com/bucket/models/actor_0019_V7.safetensors"))
    }

    @Test("has the address of model_info where there is no other")
    func modelInfo() throws {
        let news = try read(body(#""status":"COMPLETED","output":{"model_info":{"download_url":"s3://bucket/k"}}"#))
        #expect(news.address == "s3://bucket/k")
    }

    @Test(
        "has the error as one sentence, in whatever form it came",
        arguments: [
            (#""error":"job timed out after 1 retries""#, "job timed out after 1 retries"),
            (
                #""error":"{\"error_type\": \"<class 'ValueError'>\", \"error_message\": \"no\\nimages\", \"error_traceback\": \"…\"}""#,
                "ValueError: no images"
            ),
            (#""error":{"message":"out of memory"}"#, "out of memory"),
            (#""output":{"error":"dataset is empty"}"#, "dataset is empty"),
            (#""error":"posting to https://host/hook/the-token-itself failed""#, "posting to https://host/hook/••• failed"),
        ])
    func errors(fields: String, sentence: String) throws {
        let news = try read(body("\"status\":\"FAILED\"," + fields))
        #expect(news.state == .failed)
        #expect(news.error == sentence)
    }

    @Test(
        "has one word for the end, whatever word the worker used",
        arguments: [
            ("COMPLETED", RunPodState.completed), ("completed", .completed), ("success", .completed), ("Succeeded", .completed),
            ("FAILED", .failed), ("error", .failed), ("CANCELLED", .cancelled), ("TIMED_OUT", .timedOut),
            ("PAUSED", .unknown("PAUSED")),
        ])
    func words(word: String, state: RunPodState) throws {
        #expect(try read(body("\"status\":\"\(word)\"")).state == state)
        #expect(try read(body("\"output\":{\"status\":\"\(word)\"}")).state == state)
    }

    @Test("is refused where it is about another request, and taken where it does not send the input back")
    func otherRequest() throws {
        #expect(throws: WebhookMessage.Refusal.anotherRequest) {
            try read(body(#""status":"COMPLETED""#, request: "actor_0020_1_2"))
        }
        #expect(throws: WebhookMessage.Refusal.anotherRequest) { try read(#"{"id":"a","status":"COMPLETED","input":{}}"#) }
        #expect(try read(#"{"id":"a","status":"COMPLETED"}"#).runpod == RunPodID("a"))
    }

    @Test(
        "is refused where it is no message",
        arguments: [
            "", "{", "[]", "\"COMPLETED\"", "{}", #"{"id":"a"}"#, #"{"status":"FAILED","status":"COMPLETED"}"#,
            #"{"status":"COMPLETED"} trailing"#, "{\"status\":" + String(repeating: "[", count: 100_000),
            "{\"status\":\"\u{0}\"}",
        ])
    func malformed(text: String) {
        #expect(throws: WebhookMessage.Refusal.self) { try read(text) }
    }
}
