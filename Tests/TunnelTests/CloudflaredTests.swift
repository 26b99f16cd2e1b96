import Foundation
import HTTPTestSupport
import Testing
import TrainingPorts
import TrainingTestSupport
import WaitingTestSupport

@testable import Tunnel

/// A shell script in place of cloudflared, and an HTTP server in place of its metrics.
@Suite("A quick tunnel of cloudflared")
final class CloudflaredTests: Sendable {
    private let folder: String
    private var program: String { folder + "/cloudflared" }
    private var diary: String { folder + "/diary" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("cloudflared-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func install(_ script: String) throws {
        let text =
            "#!/bin/sh\necho \"arguments $*\" >> \"\(diary)\"; env >> \"\(diary)\"; echo \"pid $$\" >> \"\(diary)\"\n" + script
        try Data(text.utf8).write(to: URL(fileURLWithPath: program))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    }

    private var notes: String { (try? String(contentsOfFile: diary, encoding: .utf8)) ?? "" }
    private var pids: [Int32] {
        notes.split(separator: "\n").filter { $0.hasPrefix("pid ") }.compactMap { Int32($0.dropFirst(4)) }
    }

    private func withRoute(_ settings: CloudflaredSettings, _ test: @Sendable (TunnelRoute) async throws -> Void) async throws {
        let route = TunnelRoute(
            way: .cloudflared(settings), port: 8765, random: SeededRandom(seed: 1),
            patience: .init(start: .seconds(3), pause: .milliseconds(100))
        ) { $0 }
        let owner = Task { await route.run() }
        if settings.program != nil { try await eventually("the route runs") { await route.canStart } }
        try await test(route)
        owner.cancel()
        await owner.value
        await route.shutdown()
    }

    private var settings: CloudflaredSettings {
        CloudflaredSettings(
            program: program, environment: ["PATH": "/usr/bin:/bin", "HOME": "/nowhere", "RUNPOD_API_KEY": "rp_secret"])
    }

    private static let box = """
        echo '2026-11-23T10:00:00Z INF Requesting new quick Tunnel on trycloudflare.com...' >&2
        echo '2026-11-23T10:00:01Z INF |  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |' >&2
        echo '2026-11-23T10:00:01Z INF |  https://some-words-of-theirs.trycloudflare.com                                            |' >&2

        """

    @Test("is started without a terminal and with none of our keys, and ended with us")
    func life() async throws {
        try install(CloudflaredTests.box + "exec sleep 600\n")
        try await withRoute(settings) { route in
            _ = await route.ensure()
            #expect(await route.child == .up("https://some-words-of-theirs.trycloudflare.com"))
        }
        #expect(notes.contains("arguments tunnel --no-autoupdate --metrics 127.0.0.1:0 --url http://127.0.0.1:8765\n"))
        #expect(notes.contains("HOME=/nowhere") && !notes.contains("rp_secret"))
        #expect(pids.count == 1)
        for pid in pids { #expect(kill(pid, 0) != 0, "it is gone") }
    }

    @Test("that is given up makes place for a new one")
    func anew() async throws {
        try install(CloudflaredTests.box + "exec sleep 600\n")
        try await withRoute(settings) { route in
            _ = await route.ensure()
            await route.endChild()
            try await eventually("the tunnel has ended") { await route.child == .off }
            _ = await route.ensure()
            #expect(await route.child == .up("https://some-words-of-theirs.trycloudflare.com"))
        }
        #expect(pids.count == 2)
    }

    @Test("is given up after some failures in a row, but only if it ever worked")
    func health() {
        var health = TunnelHealth(patience: 3)
        for _ in 0..<9 { health.take(isUp: false) }
        #expect(!health.isDead)
        health.take(isUp: true)
        health.take(isUp: false)
        health.take(isUp: false)
        #expect(!health.isDead)
        health.take(isUp: true)
        for _ in 0..<3 { health.take(isUp: false) }
        #expect(health.isDead)
    }

    @Test("says in words why it failed")
    func failure() async throws {
        try install("echo 'failed to request quick Tunnel: 429 Too Many Requests, error code: 1015' >&2; exit 1\n")
        try await withRoute(settings) { route in
            guard case .down(let reason) = await route.ensure() else {
                Issue.record("it cannot be up")
                return
            }
            #expect(reason.contains("no more quick tunnels"))
        }
    }

    @Test("that runs already is taken where its metrics tell its name, and is not believed before it was tested")
    func adopted() async throws {
        let state = try await FakeServer.with({ path in
            path == "/quicktunnel" ? FakeServer.Answer(body: #"{"hostname":"127.0.0.1"}"#) : nil
        }) { server in
            let route = TunnelRoute(
                way: .cloudflared(CloudflaredSettings(metrics: server.base + "/", program: nil)), port: 1,
                random: SeededRandom(seed: 1)
            ) { $0 }
            let state = await route.ensure()
            await route.shutdown()
            return state
        }
        guard case .down(let reason) = state else {
            Issue.record("nobody listens there")
            return
        }
        #expect(reason.hasPrefix("https://127.0.0.1 does not answer from outside"))
    }

    @Test(
        "is told apart from the service that makes it, and from links in its log",
        arguments: [
            ("INF |  https://a-b-c.trycloudflare.com  |", AgentLogLine?.some(.started("https://a-b-c.trycloudflare.com"))),
            ("INF Thank you for trying Cloudflare Tunnel: https://developers.cloudflare.com/x", nil),
            ("INF |  https://a-b-c.trycloudflare.com.evil.example  |", nil),
            ("INF Registered tunnel connection connIndex=0", nil), ("", nil),
            (
                "failed to request quick Tunnel: Post \"https://api.trycloudflare.com/tunnel\": dial tcp: lookup: no such host",
                .failed("cloudflared cannot reach Cloudflare; look at this machine's network")
            ),
            (
                "2026-11-23T10:00:00Z ERR Unable to reach the origin service. dial tcp 127.0.0.1:8765: connect: connection refused",
                .failed("cloudflared cannot reach our port: the webhook listener is down")
            ),
            ("2026-11-23T10:00:00Z ERR Something else", .failed("cloudflared reports: Something else")),
        ])
    func reading(line: String, meaning: AgentLogLine?) { #expect(AgentLogLine(cloudflared: line) == meaning) }

    @Test(
        "has a name in its metrics, or none yet",
        arguments: [
            (#"{"hostname":"a-b.trycloudflare.com"}"#, AgentAnswer.tunnel("https://a-b.trycloudflare.com")),
            (#"{"hostname":""}"#, .noneOfOurs),
            (#"{"hostname":"a/b@c"}"#, .unclear), ("404 page not found", .unclear),
        ])
    func metrics(body: String, answer: AgentAnswer) { #expect(AgentAnswer(readingQuickTunnel: Array(body.utf8)) == answer) }
}
