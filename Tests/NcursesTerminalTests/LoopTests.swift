import Foundation
import Testing
import TmuxHarness

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
                try await TmuxSession.wait(until: "the probe sleeps") { try Self.state(of: probe) == "S" }
                let before = try Self.switches(of: probe)
                // Something else goes on meanwhile, for as long as this takes.
                for _ in 0..<20 { _ = try await terminal.session.screen() }
                #expect(try Self.switches(of: probe) == before)
                try await terminal.session.press("q")
            }
        }

        private static func state(of process: Int32) throws -> String {
            let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            return String(text[(text.lastIndex(of: ")") ?? text.startIndex)...].dropFirst(2).prefix(1))
        }

        /// How often the process's threads were given a processor: a finer measure than its ticks, and none of it may be ours.
        private static func switches(of process: Int32) throws -> [String] {
            let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task").sorted()
            return try threads.flatMap { thread in
                try String(contentsOfFile: "/proc/\(process)/task/\(thread)/status", encoding: .utf8)
                    .split(separator: "\n").filter { $0.contains("ctxt_switches") }.map { "\(thread) \($0)" }
            }
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
        try await TmuxSession.wait(until: "the probe has ended") { kill(probe, 0) != 0 }
    }

    static func number(_ name: String, in screen: [String]) throws -> Int {
        let line = try #require(screen.first { $0.contains("│\(name) ") })
        return try #require(Int(line.split(separator: " ")[1].filter(\.isNumber)))
    }
}
