import Foundation
import Testing
import TrainingPorts
import WaitingTestSupport

@testable import Tunnel

/// A shell script in place of ngrok: writes down how it was started, prints log lines, and ends as it is told.
@Suite("An ngrok agent of our own")
struct NgrokProcessTests {
    private let program: ScriptedProgram

    init() throws { program = try ScriptedProgram(named: "ngrok") }

    private func withRoute(_ test: (TunnelRoute) async throws -> Void) async throws {
        let settings = NgrokSettings(
            api: "http://127.0.0.1:1", program: program.path, token: Secret("token-of-the-account"),
            environment: ScriptedProgram.environment)
        try await TunnelWay.ngrok(settings).running(start: .seconds(2), test)
    }

    private static let started =
        #"echo '{"lvl":"info","msg":"started tunnel","addr":"http://localhost:8765","url":"https://127.0.0.1:1"}'"# + "\n"

    @Test("is started without a terminal and without inspector, with its token in the environment alone, and ended with us")
    func life() async throws {
        try program.install(NgrokProcessTests.started + "exec sleep 600\n")
        try await withRoute { route in
            let state = await route.ensure()
            // It is up; that its address is no real one is found out by the test from outside.
            #expect(state == .down("https://127.0.0.1:1 does not answer from outside; RunPod could not reach us there either"))
            #expect(await route.child == .up("https://127.0.0.1:1"))
            _ = await route.ensure()
        }
        #expect(program.notes.contains("arguments http 8765 --log stdout --log-format json --inspect=false\n"))
        #expect(program.notes.contains("NGROK_AUTHTOKEN=token-of-the-account"))
        #expect(program.notes.contains("HOME=/nowhere"))
        #expect(!program.notes.contains("rp_secret"))
        #expect(program.pids.count == 1, "it is started once")
        for pid in program.pids { #expect(kill(pid, 0) != 0, "it is gone") }
    }

    @Test("tells why it failed, in words, and is tried again when it is wanted again")
    func failure() async throws {
        try program.install(#"echo '{"err":"failed\r\nERR_NGROK_4018\r\n","lvl":"crit","msg":"command failed"}'; exit 1"#)
        try await withRoute { route in
            for _ in 0..<2 {
                #expect(await route.ensure() == .down("ngrok wants an account; set NGROK_AUTHTOKEN (ERR_NGROK_4018)"))
            }
        }
        #expect(program.pids.count == 2)
    }

    @Test("is not there where it is not installed, and the way says what to do")
    func missing() async throws {
        try await withRoute { route in
            guard case .down(let reason) = await route.ensure() else {
                Issue.record("it cannot be up")
                return
            }
            #expect(reason.contains("install it"))
        }
    }

    @Test("that ends by itself is noticed")
    func ended() async throws {
        try program.install(NgrokProcessTests.started + "exit 3\n")
        try await withRoute { route in
            _ = await route.ensure()
            let reason = try await eventualValue("the agent has failed") { () -> String? in
                guard case .failed(let reason) = await route.child else { return nil }
                return reason
            }
            #expect(reason.contains("ngrok has ended"))
        }
    }
}
