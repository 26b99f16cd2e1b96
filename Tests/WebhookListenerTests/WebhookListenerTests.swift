import Foundation
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import WebhookListener

@Suite("The webhook listener")
struct WebhookListenerTests {
    private static let completed = #"{"id":"job-1","status":"COMPLETED","output":{"loraUrl":"s3://bucket/key"}}"#

    @Test("records a message before it answers 200")
    func recording() async throws {
        try await RunningListener.with { listener in
            let answer = try await listener.call("POST", listener.hook, body: WebhookListenerTests.completed)
            #expect(answer.status == 200)
            let news = WebhookNews(runpod: RunPodID("job-1"), state: .completed, address: "s3://bucket/key")
            #expect(listener.receiver.deliveries == [WebhookDelivery(request: listener.request, news: news)])
        }
    }

    @Test("answers 503 where it could not record, so that RunPod tries again")
    func notRecorded() async throws {
        try await RunningListener.with { listener in
            listener.receiver.records = false
            let refused = try await listener.call("POST", listener.hook, body: WebhookListenerTests.completed)
            #expect(refused.status == 503)
            listener.receiver.records = true
            let taken = try await listener.call("POST", listener.hook, body: WebhookListenerTests.completed)
            #expect(taken.status == 200)
        }
    }

    @Test("takes a body of ten megabytes, and none above twelve")
    func sizes() async throws {
        try await RunningListener.with { listener in
            func body(_ megabytes: Int) -> String {
                let filler = String(repeating: "x", count: megabytes << 20)
                return "{\"id\":\"job-1\",\"status\":\"FAILED\",\"padding\":\"\(filler)\"}"
            }
            #expect(try await listener.call("POST", listener.hook, body: body(10)).status == 200)
            let head = "POST \(listener.hook) HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            let announced = try await listener.exchange(head + "connection: close\r\ncontent-length: 12582913\r\n\r\n")
            #expect(announced.hasPrefix("HTTP/1.1 413 "))
            #expect(listener.receiver.deliveries.count == 1)
        }
    }

    @Test("stops reading a body that has no announced end")
    func chunked() async throws {
        try await RunningListener.with(limits: .init(body: 1000, patience: .seconds(120))) { listener in
            let head =
                "POST \(listener.hook) HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
            let chunk = "400\r\n" + String(repeating: " ", count: 1024) + "\r\n"
            // Who was refused or goes on and on is cut off, long before its time is up.
            let start = ContinuousClock.now
            #expect(try await listener.exchange(head + chunk).hasPrefix("HTTP/1.1 413 "))
            _ = try await listener.exchange(head + String(repeating: chunk, count: 4))
            #expect(start.duration(to: .now) < .seconds(60))
            #expect(listener.receiver.deliveries.isEmpty)
        }
    }

    @Test("closes a connection whose request does not come in, or drips in")
    func slow() async throws {
        try await RunningListener.with(limits: .init(patience: .milliseconds(300))) { listener in
            let head =
                "POST \(listener.hook) HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"
            for start in ["", "POST /hook", head] {
                _ = try await listener.exchange(start)
            }
            #expect(listener.receiver.deliveries.isEmpty)
            #expect(try await listener.call("POST", listener.hook, body: WebhookListenerTests.completed).status == 200)
        }
    }

    @Test("serves its callers again once a flood of idle connections has run out of time")
    func flood() async throws {
        try await RunningListener.with(limits: .init(patience: .milliseconds(400), connections: 4)) { listener in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<12 { group.addTask { _ = try await listener.exchange("POST /hook/") } }
                group.addTask {
                    let answer = try await listener.call("POST", listener.hook, body: WebhookListenerTests.completed)
                    #expect(answer.status == 200)
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("reports a message with a right token and a wrong content, without naming the token")
    func refusals() async throws {
        try await RunningListener.with { listener in
            let lie = #"{"id":"j","status":"COMPLETED","input":{"training_config":{"request_id":"actor_0020_1_2"}}}"#
            let doubled = #"{"status":"FAILED","status":"COMPLETED"}"#
            for body in [lie, doubled, "not JSON"] {
                let answer = try await listener.call("POST", listener.hook, body: body)
                #expect(answer.status == 400)
            }
            #expect(listener.receiver.deliveries.isEmpty)
            #expect(listener.refusals.all.count == 3)
            #expect(listener.refusals.all.first?.contains("another request") == true)
            let secret = listener.key.token(for: listener.request).suffix(64)
            #expect(listener.refusals.all.allSatisfy { !$0.contains(secret) })
        }
    }

    @Test("says in a sentence that its port is taken")
    func busyPort() async throws {
        try await RunningListener.with { listener in
            let second = WebhookListener(key: listener.key, receiver: listener.receiver, isKnown: { _ in true })
            let error = await #expect(throws: PortError.self) { try await second.run(port: listener.port) }
            #expect(error?.code == .refused)
            #expect(error?.message.contains("port \(listener.port)") == true)
            #expect(error?.message.contains("taken by another program") == true)
        }
    }

    @Test("can have its port of the last run again")
    func samePort() async throws {
        let (key, _) = WebhookKey.fresh()
        var port = 0
        for _ in 0..<2 {
            let wanted = port
            let (ports, bound) = AsyncStream.makeStream(of: Int.self)
            port = try await withThrowingTaskGroup(of: Int?.self) { group in
                group.addTask {
                    try await WebhookListener(key: key, receiver: NoReceiver(), isKnown: { _ in true }).run(port: wanted) {
                        bound.yield($0)
                    }
                    return nil
                }
                var given = 0
                for await port in ports {
                    given = port
                    break
                }
                group.cancelAll()
                try await group.waitForAll()
                return given
            }
            if wanted != 0 { #expect(port == wanted) }
        }
        #expect(port > 0)
    }

    private struct NoReceiver: WebhookReceiver {
        func receive(_ delivery: WebhookDelivery) async -> Bool { false }
    }
}
