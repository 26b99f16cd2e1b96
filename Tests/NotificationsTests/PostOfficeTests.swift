import HTTPTypes
import Hummingbird
import JSONText
import Logging
import NIOCore
import Synchronization
import Testing
import TrainingPorts

@testable import Notifications

/// A server that answers each request as a test wants and remembers them.
final class FakeService: Sendable {
    struct Request: Sendable {
        var path: String
        var headers: HTTPFields
        var body: String
    }

    private let state = Mutex<(answers: [Int], requests: [Request])>(([], []))
    var requests: [Request] { state.withLock(\.requests) }

    /// Serves for the length of a body. `answers` are given in turn, the last one for ever; `headers` go with each.
    static func with(
        _ answers: [Int], headers: HTTPFields = [:], _ test: @escaping @Sendable (FakeService, String) async throws -> Void
    ) async throws {
        let service = FakeService()
        service.state.withLock { $0.answers = answers }
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                let body = try await request.body.collect(upTo: 1 << 20)
                let code = service.state.withLock { state in
                    state.requests.append(
                        Request(path: request.head.path ?? "", headers: request.headers, body: String(buffer: body)))
                    return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
                }
                return Response(status: .init(code: code), headers: headers)
            },
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { running.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "fake") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.runService(gracefulShutdownSignals: []) }
            for await port in ports {
                try await test(service, "http://127.0.0.1:\(port)")
                break
            }
            group.cancelAll()
            while await group.nextResult() != nil {}
        }
    }
}

@Suite("Telling an address")
struct PostOfficeTests {
    private static func inOffice(
        _ answers: [Int], headers: HTTPFields = [:],
        _ test: @escaping @Sendable (PostOffice, FakeService, String) async throws -> Void
    ) async throws {
        try await FakeService.with(answers, headers: headers) { service, base in
            let office = PostOffice(pauses: [.milliseconds(1), .milliseconds(2)])
            do { try await test(office, service, base) } catch { Issue.record(error) }
            await office.shutdown()
        }
    }

    @Test("a webhook gets the notice as JSON, with an id by which doubles are known")
    func webhook() async throws {
        try await PostOfficeTests.inOffice([204]) { office, service, base in
            try await WebhookNotifier(office, to: Secret(base + "/hook/marked")).tell(.sample())
            let request = try #require(service.requests.first)
            #expect(request.path == "/hook/marked")
            #expect(request.headers[.init("idempotency-key") ?? .accept] == "e7-batch")
            #expect(try JSONValue(parsing: request.body)["title"]?.string == "0005_日本 completed")
        }
    }

    @Test("ntfy gets title, priority, tag and token as headers, each one line of ASCII")
    func ntfy() async throws {
        try await PostOfficeTests.inOffice([200]) { office, service, base in
            let ntfy = NtfyNotifier(office, topic: Secret(base + "/topic"), token: Secret("tk_marked"))
            try await ntfy.tell(.sample("日本\r\nX-Evil: 1", "one\ntwo\u{1B}[31m", kind: .needsYou))
            let request = try #require(service.requests.first)
            #expect(request.headers[.init("title") ?? .accept]?.hasPrefix("=?UTF-8?B?") == true)
            #expect(request.headers[.init("x-evil") ?? .accept] == nil)
            #expect(
                request.headers[.init("priority") ?? .accept] == "4" && request.headers[.init("tags") ?? .accept] == "warning")
            #expect(request.headers[.authorization] == "Bearer tk_marked")
            #expect(request.body.hasPrefix("one\ntwo") && !request.body.contains("\u{1B}"))
        }
    }

    @Test("what was turned away is sent again after a pause, and arrives once", arguments: [[429, 503, 200], [503, 200]])
    func again(answers: [Int]) async throws {
        try await PostOfficeTests.inOffice(answers, headers: [.retryAfter: "0"]) { office, service, base in
            try await WebhookNotifier(office, to: Secret(base)).tell(.sample())
            #expect(service.requests.count == answers.count)
        }
    }

    @Test(
        "what may have arrived is never sent again, no redirect is followed, and no fault names the address",
        arguments: [500, 502, 403, 302, 404])
    func never(code: Int) async throws {
        try await PostOfficeTests.inOffice([code, 200], headers: [.location: "/elsewhere"]) { office, service, base in
            await #expect { try await WebhookNotifier(office, to: Secret(base + "/marked")).tell(.sample()) } throws: { error in
                let message = (error as? PortError)?.message ?? ""
                return message.contains("\(code)") && !message.contains("marked") && !message.contains("127.0.0.1")
                    && (error as? PortError)?.cause == nil
            }
            #expect(service.requests.count == 1)
        }
    }

    @Test("an address where nobody is, and one that is none, are faults without the address")
    func nobody() async throws {
        let office = PostOffice(pauses: [.milliseconds(1)])
        for address in ["http://127.0.0.1:1/marked", "marked", "http://", "http://127.0.0.1:99999/marked"] {
            await #expect { try await WebhookNotifier(office, to: Secret(address)).tell(.sample()) } throws: { error in
                let message = (error as? PortError)?.message ?? "marked"
                return !message.contains("marked") && !message.isEmpty
            }
        }
        await office.shutdown()
    }
}
