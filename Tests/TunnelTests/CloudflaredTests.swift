import Foundation
import HTTPTestSupport
import Testing
import TrainingPorts
import TrainingTestSupport
import WaitingTestSupport

@testable import Tunnel

/// A shell script in place of cloudflared, and an HTTP server in place of its metrics.
@Suite("A quick tunnel of cloudflared")
struct CloudflaredTests {
    private let program: ScriptedProgram

    init() throws { program = try ScriptedProgram(named: "cloudflared") }

    private func withRoute(_ test: (TunnelRoute) async throws -> Void) async throws {
        let settings = CloudflaredSettings(program: program.path, environment: ScriptedProgram.environment)
        try await TunnelWay.cloudflared(settings).running(start: .seconds(3), test)
    }

    private static let box = """
        echo '2026-11-23T10:00:00Z INF Requesting new quick Tunnel on trycloudflare.com...' >&2
        echo '2026-11-23T10:00:01Z INF |  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |' >&2
        echo '2026-11-23T10:00:01Z INF |  https://some-words-of-theirs.trycloudflare.com                                            |' >&2

        """

    @Test("is started without a terminal and with none of our keys, and ended with us")
    func life() async throws {
        try program.install(CloudflaredTests.box + "exec sleep 600\n")
        try await withRoute { route in
            _ = await route.ensure()
            #expect(await route.child == .up("https://some-words-of-theirs.trycloudflare.com"))
        }
        #expect(program.notes.contains("arguments tunnel --no-autoupdate --metrics 127.0.0.1:0 --url http://127.0.0.1:8765\n"))
        #expect(program.notes.contains("HOME=/nowhere") && !program.notes.contains("rp_secret"))
        #expect(program.pids.count == 1)
        for pid in program.pids { #expect(kill(pid, 0) != 0, "it is gone") }
    }

    @Test("that is given up makes place for a new one")
    func anew() async throws {
        try program.install(CloudflaredTests.box + "exec sleep 600\n")
        try await withRoute { route in
            _ = await route.ensure()
            await route.endChild()
            try await eventually("the tunnel has ended") { await route.child == .off }
            _ = await route.ensure()
            #expect(await route.child == .up("https://some-words-of-theirs.trycloudflare.com"))
        }
        #expect(program.pids.count == 2)
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
        try program.install("echo 'failed to request quick Tunnel: 429 Too Many Requests, error code: 1015' >&2; exit 1\n")
        try await withRoute { route in
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
