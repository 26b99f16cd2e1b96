import Foundation
import Testing
import TrainingPorts
import TrainingTestSupport
import WaitingTestSupport

@testable import Tunnel

/// A shell script in place of ngrok: writes down how it was started, prints log lines, and ends as it is told.
@Suite("An ngrok agent of our own")
final class NgrokProcessTests: Sendable {
    private let folder: String
    private var program: String { folder + "/ngrok" }
    private var diary: String { folder + "/diary" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("ngrok-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func install(_ script: String) throws {
        let text =
            "#!/bin/sh\necho \"arguments $*\" >> \"\(diary)\"; env >> \"\(diary)\"; echo \"pid $$\" >> \"\(diary)\"\n" + script
        try Data(text.utf8).write(to: URL(fileURLWithPath: program))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    }

    private var settings: NgrokSettings {
        NgrokSettings(
            api: "http://127.0.0.1:1", program: program, token: Secret("token-of-the-account"),
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/nowhere", "RUNPOD_API_KEY": "rp_secret"])
    }

    private func withRoute(_ test: @Sendable (TunnelRoute) async throws -> Void) async throws {
        let route = TunnelRoute(
            way: .ngrok(settings), port: 8765, random: SeededRandom(seed: 1),
            patience: .init(start: .seconds(2), pause: .milliseconds(100))
        ) { $0 }
        let owner = Task { await route.run() }
        // `run()` must have begun before an agent can be asked for.
        try await eventually("the route runs") { await route.canStart }
        try await test(route)
        owner.cancel()
        await owner.value
        await route.shutdown()
    }

    private var notes: String { (try? String(contentsOfFile: diary, encoding: .utf8)) ?? "" }

    private static let started =
        #"echo '{"lvl":"info","msg":"started tunnel","addr":"http://localhost:8765","url":"https://127.0.0.1:1"}'"# + "\n"

    @Test("is started without a terminal and without inspector, with its token in the environment alone, and ended with us")
    func life() async throws {
        try install(NgrokProcessTests.started + "exec sleep 600\n")
        try await withRoute { route in
            let state = await route.ensure()
            // It is up; that its address is no real one is found out by the test from outside.
            #expect(state == .down("https://127.0.0.1:1 does not answer from outside; RunPod could not reach us there either"))
            #expect(await route.child == .up("https://127.0.0.1:1"))
            _ = await route.ensure()
        }
        #expect(notes.contains("arguments http 8765 --log stdout --log-format json --inspect=false\n"))
        #expect(notes.contains("NGROK_AUTHTOKEN=token-of-the-account"))
        #expect(notes.contains("HOME=/nowhere"))
        #expect(!notes.contains("rp_secret"))
        let pids = notes.split(separator: "\n").filter { $0.hasPrefix("pid ") }.compactMap { Int32($0.dropFirst(4)) }
        #expect(pids.count == 1, "it is started once")
        for pid in pids { #expect(kill(pid, 0) != 0, "it is gone") }
    }

    @Test("tells why it failed, in words, and is tried again when it is wanted again")
    func failure() async throws {
        try install(#"echo '{"err":"failed\r\nERR_NGROK_4018\r\n","lvl":"crit","msg":"command failed"}'; exit 1"#)
        try await withRoute { route in
            for _ in 0..<2 {
                #expect(await route.ensure() == .down("ngrok wants an account; set NGROK_AUTHTOKEN (ERR_NGROK_4018)"))
            }
        }
        #expect(notes.split(separator: "\n").filter { $0.hasPrefix("pid ") }.count == 2)
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
        try install(NgrokProcessTests.started + "exit 3\n")
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
