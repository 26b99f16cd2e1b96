import Foundation
import Testing
import TmuxHarness
import WaitingTestSupport

@Suite("The terminal's loop", .serialized)
struct LoopTests {
    @Test("five hundred keys at once are all taken and give few frames")
    func manyKeys() async throws {
        try await ProbeTerminal.run { terminal in
            let session = terminal.session
            try await terminal.startProbe()
            try await session.type(String(repeating: "j", count: 500))
            let screen = try await session.wait(for: "keys 500")
            #expect(try Self.number("steps", in: screen) < 60)
            try await session.press("q")
        }
    }

    @Test("two thousand messages from another thread give few frames, and none that matters is lost")
    func manyMessages() async throws {
        try await ProbeTerminal.run { terminal in
            let session = terminal.session
            try await terminal.startProbe()
            try await session.press("m")
            let screen = try await session.wait(for: "important 20")
            #expect(try Self.number("steps", in: screen) < 30)
            try await session.press("q")
        }
    }

    #if os(Linux)
        @Test("with nothing to do it uses no time at all")
        func idle() async throws {
            try await ProbeTerminal.run { terminal in
                try await terminal.startProbe()
                let probe = try await terminal.drawingProcess()
                // What it used for starting settles first.
                var before = try Self.usage(of: probe)
                try await eventually("the probe sleeps") {
                    let last = before
                    before = try Self.usage(of: probe)
                    return before == last
                }
                // Something else goes on meanwhile, for as long as this takes.
                for _ in 0..<20 { _ = try await terminal.session.screen() }
                #expect(try Self.usage(of: probe) == before)
                try await terminal.session.press("q")
            }
        }

        /// The process's ticks of processor time, and how often its terminal's thread was given a processor at all.
        private static func usage(of process: Int32) throws -> [String] {
            let stat = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            // After the name in brackets come the state as field 3, and user and system time as fields 14 and 15.
            let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ").map(String.init)
            let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
            let statuses = try threads.map { try String(contentsOfFile: "/proc/\(process)/task/\($0)/status", encoding: .utf8) }
            let own = try #require(statuses.first { $0.hasPrefix("Name:\tterminal\n") })
            return fields[12...13] + own.split(separator: "\n").filter { $0.contains("ctxt_switches") }.map(String.init)
        }
    #endif

    @Test("a paste is text, not keys, and is bounded")
    func paste() async throws {
        try await ProbeTerminal.run { terminal in
            let session = terminal.session
            try await terminal.startProbe()
            try await session.paste("quit\nall")
            var screen = try await session.wait(for: "last paste of 8")
            #expect(screen.contains { $0.contains("field quit^Jall") })
            try await session.paste(String(repeating: "q", count: 100_000))
            screen = try await session.wait(for: "last paste of 65536")
            #expect(try Self.number("keys", in: screen) == 0)
            try await session.press("q")
            try await session.wait(for: "probe left with 0")
        }
    }

    @Test(
        "keys are known by name",
        arguments: [
            ("Up", "up"), ("PageDown", "pageDown"), ("Home", "home"), ("End", "end"), ("BTab", "backTab"), ("F5", "function(5)"),
            ("Escape", "escape"), ("BSpace", "backspace"),
            ("Enter", "enter"), ("C-d", "control(\"d\")"), ("DC", "delete"), ("é", "character(\"é\")"), ("日", "character(\"日\")"),
        ])
    func keys(name: String, key: String) async throws {
        try await ProbeTerminal.run { terminal in
            try await terminal.startProbe()
            try await terminal.session.press(name)
            try await terminal.session.wait(for: "last \(key) ")
            try await terminal.session.press("q")
        }
    }

    @Test("when the terminal's window is closed the program ends")
    func closed() async throws {
        var probe: Int32 = 0
        try await ProbeTerminal.run { terminal in
            try await terminal.startProbe()
            probe = try await terminal.drawingProcess()
        }
        try await eventually("the probe has ended") { kill(probe, 0) != 0 }
    }

    static func number(_ name: String, in screen: [String]) throws -> Int {
        let line = try #require(screen.first { $0.contains("│\(name) ") })
        return try #require(Int(line.split(separator: " ")[1].filter(\.isNumber)))
    }
}
