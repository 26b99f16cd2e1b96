import Foundation
import Testing
import TmuxHarness
import WaitingTestSupport

/// The probe in a shell in a terminal, and what the shell says before and after.
struct ProbeTerminal {
    let session: TmuxSession
    let directory: URL

    static func run(
        width: Int = 80, height: Int = 24, environment: [String: String] = [:], body: (ProbeTerminal) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "probe-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        var variables = [
            "PROBE": probe.path, "PROBE_CRASHES": directory.appending(path: "crashes").path,
            "PROBE_ERRORS": directory.appending(path: "errors.log").path,
        ]
        variables.merge(environment) { $1 }
        let setup = TmuxSession.Setup(width: width, height: height, environment: variables, workingDirectory: directory)
        try await TmuxSession.run(TmuxSession.shell, setup: setup) { session in
            try await session.wait(for: "$")
            try await body(ProbeTerminal(session: session, directory: directory))
        }
    }

    /// The probe lies beside the tests.
    static let probe: URL = {
        #if os(macOS)
            let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.bundleURL
            return tests.deletingLastPathComponent().appending(path: "TerminalProbe")
        #else
            return Bundle.main.bundleURL.appending(path: "TerminalProbe")
        #endif
    }()

    /// Runs a line in the shell and waits for its end.
    func shell(_ line: String) async throws {
        let mark = UUID().uuidString
        try await session.type("\(line); echo done > \(mark)")
        try await session.press("Enter")
        try await wait(forFile: mark)
    }

    /// Starts the probe with the shell's modes kept, and its exit code to come.
    func startProbe(prefix: String = "") async throws {
        try await shell("stty -g > before")
        try await session.type("\(prefix) $PROBE; echo $? > code; stty -g > after")
        try await session.press("Enter")
        try await session.wait(for: "steps 1")
    }

    /// Suspends the probe; the shell has its screen then.
    func suspend() async throws {
        try await session.press("C-z")
        try await session.wait(for: "Stopped")
        #expect(try await session.value(of: "alternate_on") == "0")
    }

    /// Brings the probe back to the front, on a screen without the shell's lines of before.
    func resume() async throws {
        try await session.type("clear; fg")
        try await session.press("Enter")
    }

    /// The shell's modes now are those of before the probe.
    func expectModesOfBefore() async throws {
        try await shell("stty -g > now")
        #expect(content(of: "now") == content(of: "before"))
    }

    /// The number of the probe itself, which draws; its guardian is the parent.
    func drawingProcess() async throws -> Int32 {
        let shell = try await session.processID()
        return try await eventualValue("the probe runs") {
            guard let guardian = try await children(of: shell).first else { return nil }
            return try await children(of: guardian).first
        }
    }

    /// The processes that this one started.
    func children(of process: Int32) async throws -> [Int32] {
        try await TmuxSession.processes().filter { $0.parent == process }.map(\.number)
    }

    func content(of file: String) -> String {
        ((try? String(contentsOf: directory.appending(path: file), encoding: .utf8)) ?? "")
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func wait(forFile file: String) async throws {
        try await eventually("\(file) is written") { !content(of: file).isEmpty }
    }
}
