import Foundation
import Testing
import TmuxHarness
import WaitingTestSupport

@Suite("The terminal is given back", .serialized)
struct RestorationTests {
    /// A way out, the exit code that the shell sees, and whether the program's own last words come.
    struct WayOut: CustomTestStringConvertible, Sendable {
        var name: String
        var code: Int
        var signal: Int32?
        var key: String?
        var environment: [String: String] = [:]
        var testDescription: String { name }
    }

    static let waysOut = [
        WayOut(name: "q", code: 0, key: "q"),
        WayOut(name: "Ctrl-C", code: 130, key: "C-c"),
        WayOut(name: "Ctrl-\\", code: 131, key: "C-\\"),
        WayOut(name: "SIGTERM", code: 143, signal: SIGTERM),
        WayOut(name: "SIGHUP", code: 129, signal: SIGHUP),
        WayOut(name: "SIGKILL", code: 137, signal: SIGKILL),
        WayOut(name: "a trap", code: 128 + Int(trapSignal), key: "t"),
        WayOut(name: "a null pointer", code: 139, key: "n"),
        WayOut(name: "a sent SIGSEGV", code: 139, key: "s"),
        WayOut(name: "abort", code: 134, key: "a"),
        WayOut(name: "exit in a library", code: 7, key: "x"),
        WayOut(
            name: "a trap without guardian", code: 128 + Int(trapSignal), key: "t",
            environment: ["PROBE_UNGUARDED": "1", "SWIFT_BACKTRACE": "enable=no"]),
        WayOut(
            name: "abort without guardian", code: 134, key: "a",
            environment: ["PROBE_UNGUARDED": "1", "SWIFT_BACKTRACE": "enable=no"]),
    ]

    #if arch(x86_64)
        static let trapSignal = SIGILL
    #else
        static let trapSignal = SIGTRAP
    #endif

    @Test("after every way out modes, screen and cursor are as before", arguments: waysOut)
    func restored(way: WayOut) async throws {
        try await ProbeTerminal.run(environment: way.environment) { terminal in
            let session = terminal.session
            try await terminal.startProbe()
            #expect(try await session.value(of: "alternate_on") == "1")
            #expect(try await session.value(of: "cursor_flag") == "0")
            if let key = way.key { try await session.press(key) }
            if let signal = way.signal { kill(try await terminal.drawingProcess(), signal) }
            try await terminal.wait(forFile: "after")
            #expect(terminal.content(of: "after") == terminal.content(of: "before"))
            #expect(terminal.content(of: "code") == "\(way.code)")
            try await session.wait(forValue: "0", of: "alternate_on")
            #expect(try await session.value(of: "cursor_flag") == "1")
            // The shell's lines of before are there again, and it takes commands.
            try await session.wait(for: "stty -g > before")
            try await terminal.shell("true")
        }
    }

    @Test(
        "a crash leaves a whole report that only its owner can read, and nobody who still writes one",
        arguments: ["t", "n", "s", "a"])
    func report(key: String) async throws {
        try await ProbeTerminal.run(width: 300) { terminal in
            try await terminal.startProbe()
            try await terminal.session.press(key)
            try await terminal.wait(forFile: "after")
            let directory = terminal.directory.appending(path: "crashes")
            let reports = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            #expect(reports.count == 1)
            for file in reports + [""] {
                let path = file.isEmpty ? directory.path : directory.appending(path: file).path
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == (file.isEmpty ? 0o700 : 0o600))
            }
            let text = terminal.content(of: "crashes/\(reports.first ?? "")")
            #expect(text.hasPrefix("*** ") && text.contains("crashed") && text.contains("Backtrace took "), "\(text)")
            // The one who writes it is told its place as an argument.
            let writers = try await TmuxSession.processes().filter {
                $0.command.hasPrefix("swift-backtrace") && $0.command.contains(directory.path)
            }
            #expect(writers.map(\.command) == [])
            try await terminal.session.wait(for: "The crash report is in")
        }
    }

    @Test("who is killed leaves no report, and none is spoken of")
    func noReport() async throws {
        try await ProbeTerminal.run { terminal in
            try await terminal.startProbe()
            kill(try await terminal.drawingProcess(), SIGKILL)
            let screen = try await terminal.session.wait(for: "ended by signal 9")
            #expect(!screen.contains { $0.contains("report") })
        }
    }

    @Test("a killed guardian takes the program with it, and the terminal is restored")
    func guardianKilled() async throws {
        try await ProbeTerminal.run { terminal in
            try await terminal.startProbe()
            let probe = try await terminal.drawingProcess()
            let shell = try await terminal.session.processID()
            for guardian in try await terminal.children(of: shell) { kill(guardian, SIGKILL) }
            try await terminal.wait(forFile: "after")
            try await eventually("the probe has ended") { kill(probe, 0) != 0 }
            try await terminal.session.wait(forValue: "0", of: "alternate_on")
            #expect(terminal.content(of: "code") == "137")
            try await terminal.shell("true; stty -g > later")
            #expect(terminal.content(of: "later") == terminal.content(of: "before"))
        }
    }

    @Test("three Ctrl-C end a program that hangs")
    func hanging() async throws {
        try await ProbeTerminal.run { terminal in
            // The Ctrl-C that comes too late must not end the shell's own line.
            try await terminal.startProbe(prefix: "trap '' INT;")
            try await terminal.session.press("p")
            try await terminal.wait(forFile: "errors.log")
            // The system may make one of several that come at once.
            try await eventually("the probe has ended") {
                try await terminal.session.press("C-c")
                return !terminal.content(of: "after").isEmpty
            }
            #expect(terminal.content(of: "code") == "130")
            #expect(terminal.content(of: "after") == terminal.content(of: "before"))
            try await terminal.session.wait(forValue: "0", of: "alternate_on")
        }
    }
}
