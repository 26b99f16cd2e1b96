import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import WebhookListener

/// What a stranger finds who tries the port from outside.
@Suite("A scan of the webhook's port")
struct ScanTests {
    @Test("finds the same 404 for unknown paths, wrong tokens and requests that are over")
    func notFound() async throws {
        try await RunningListener.with { listener in
            let over = RequestID(rawValue: "actor_0020_1760690576817_9f3a5c7e1b2d4f60")
            let token = listener.key.token(for: listener.request)
            let paths = [
                "/", "/hook", "/hook/", "/hook/x", "/hook/\(token)x", "/hook/\(token)/", "/hook/\(token)?a=b", "/hook//\(token)",
                "/HOOK/\(token)", "/hook/\(listener.request.rawValue).\(String(repeating: "0", count: 64))",
                "/hook/\(listener.key.token(for: over))", "/hook/%61ctor", "/api/actors", "/api/scripts/run", "/nonce", "/.env",
                "/api/training-webhook", "//hook/\(token)", "/hook/../hook/\(token)", "/x" + String(repeating: "y", count: 5000),
            ]
            let reference = try await listener.call("POST", "/nothing", body: "{}")
            #expect(reference.status == 404)
            for path in paths {
                let answer = try await listener.call("POST", path, body: "{}")
                #expect(answer == reference, "\(path)")
            }
            for path in [
                "/", "/api/actors", "/favicon.ico", "/nonce/", "/nonce/a%20b", "/nonce/../x",
                "/nonce/" + String(repeating: "1", count: 65),
            ] {
                #expect(try await listener.call("GET", path, type: nil).status == 404, "\(path)")
            }
            #expect(listener.receiver.deliveries.isEmpty)
            #expect(listener.refusals.all.isEmpty)
        }
    }

    @Test("is answered 405 for every other method on the two paths, 415 for another type")
    func methods() async throws {
        try await RunningListener.with { listener in
            for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
                let answer = try await listener.call(method, listener.hook, type: nil)
                #expect(answer.status == 405, "\(method)")
                #expect(answer.headers["Allow"] ?? answer.headers["allow"] == "POST")
                #expect(try await listener.call(method, "/hook/x", type: nil).status == 405)
            }
            for method in ["POST", "PUT", "HEAD"] {
                #expect(try await listener.call(method, "/nonce/1", type: nil).status == 405)
            }
            for type in [nil, "text/plain", "application/x-www-form-urlencoded", "application/jsonx"] {
                #expect(try await listener.call("POST", listener.hook, type: type, body: "{}").status == 415)
            }
            let message = #"{"id":"j","status":"FAILED"}"#
            let answer = try await listener.call("POST", listener.hook, type: "Application/JSON; charset=utf-8", body: message)
            #expect(answer.status == 200)
        }
    }

    @Test("gets a nonce back as only this listener can answer it")
    func nonce() async throws {
        try await RunningListener.with { listener in
            let answer = try await listener.call("GET", "/nonce/1234567890abcdef", type: nil)
            #expect(answer.status == 200)
            #expect(answer.body == listener.key.answer(toNonce: "1234567890abcdef"))
            #expect(answer.body != WebhookKey.fresh().key.answer(toNonce: "1234567890abcdef"))
        }
    }

    @Test("finds it on one address of this machine only, and not on its others")
    func loopback() async throws {
        try await RunningListener.with(limits: .init(patience: .milliseconds(500))) { listener in
            let question = "GET /nonce/1 HTTP/1.0\r\n\r\n"
            let answer = try await listener.exchange(question)
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            await #expect(throws: (any Error).self) { try await listener.exchange(question, at: "127.0.0.2") }
        }
    }

    @Test("is cut short by headers that do not end")
    func longHeaders() async throws {
        try await RunningListener.with { listener in
            let head =
                "POST \(listener.hook) HTTP/1.1\r\nhost: x\r\nx-filler: " + String(repeating: "y", count: 100_000) + "\r\n\r\n"
            let answer = try await listener.exchange(head)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        }
    }
}
