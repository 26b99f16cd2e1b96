import Foundation
import Testing
import TmuxHarness

@Suite("What is on the screen", .serialized)
struct ScreenTests {
    @Test("the right border stands in one column, whatever is written beside it")
    func border() async throws {
        for (width, height) in [(80, 24), (120, 40), (33, 16)] {
            try await ProbeTerminal.run(width: width, height: height) { terminal in
                try await terminal.startProbe()
                let session = terminal.session
                // Overwriting the last column of each row by position finds out where the border is, in cells.
                let screen = try await session.wait(for: "└")
                for (row, line) in screen.enumerated() where row > 0 && row < height - 1 {
                    #expect(line.hasPrefix("│") && line.hasSuffix("│"), "\(line)")
                    #expect(Self.columns(line) == width, "\(line)")
                }
                try await session.press("q")
            }
        }
    }

    /// Columns as tmux counts them, for the characters that the probe shows.
    static func columns(_ line: String) -> Int {
        line.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x300...0x36F: sum
            case 0x3000...0x9FFF, 0x1F300...0x1FAFF: sum + 2
            default: sum + 1
            }
        }
    }

    @Test("after a storm of sizes the screen is what a fresh one is")
    func resizeStorm() async throws {
        try await ProbeTerminal.run { terminal in
            let session = terminal.session
            try await terminal.startProbe()
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<60 {
                try await session.resize(
                    width: .random(in: 1...140, using: &generator), height: .random(in: 1...50, using: &generator))
            }
            for (width, height) in [(1, 1), (1, 80), (80, 1), (2, 3), (300, 100)] {
                try await session.resize(width: width, height: height)
            }
            try await session.resize(width: 90, height: 26)
            let screen = try await session.wait(for: "size 90x26")
            let settled = try await session.wait(until: "the frame is whole") { $0.last?.hasPrefix("└") == true }
            #expect(screen.count == 26)
            for line in settled.dropFirst().dropLast() { #expect(line.hasPrefix("│") && line.hasSuffix("│"), "\(line)") }
            try await session.press("q")
            try await session.wait(for: "probe left with 0")
        }
    }

    @Test("a terminal without UTF-8 gets ASCII alone")
    func ascii() async throws {
        try await ProbeTerminal.run(environment: ["LC_ALL": "C"]) { terminal in
            try await terminal.startProbe()
            let screen = try await terminal.session.wait(for: "utf8 false")
            #expect(screen.joined().unicodeScalars.allSatisfy { $0.value < 0x80 })
            #expect(screen.first?.hasPrefix("+- Probe -") == true)
            try await terminal.session.press("q")
        }
    }

    @Test(
        "colours are those that the terminal has, and none where they are not wanted",
        arguments: [
            ("tmux-256color", "", 256), ("xterm-256color", "", 256), ("screen", "", 8), ("vt100", "", 0), ("linux", "", 8),
            ("xterm-256color", "1", 0), ("xterm-ghostty", "", 256),
        ])
    func colours(term: String, noColour: String, count: Int) async throws {
        try await ProbeTerminal.run(environment: [
            "TERM": term, "NO_COLOR": noColour, "TERMINFO": "/nonexistent", "COLUMNS": "20",
        ]) { terminal in
            try await terminal.startProbe()
            let screen = try await terminal.session.wait(for: "colours \(count) ")
            #expect(screen.contains { $0.contains("size 80x24") })
            if count == 0 {
                let colours = try await terminal.session.screen(escapes: true).joined().matches(
                    of: /\u{1B}\[[0-9;]*(3[0-8]|4[0-8]|9[0-7])[;m]/)
                #expect(colours.isEmpty)
            }
            try await terminal.session.press("q")
        }
    }

    @Test(
        "an unusable terminal is refused with a sentence and without a byte to it",
        arguments: ["dumb", "unknown", "", "no-such-terminal"])
    func refused(term: String) async throws {
        try await ProbeTerminal.run { terminal in
            try await terminal.shell("stty -g > before; TERM=\(term) $PROBE; echo $? > code; stty -g > after")
            #expect(terminal.content(of: "code") == "3")
            #expect(terminal.content(of: "after") == terminal.content(of: "before"))
            let known = ["dumb", "unknown", ""].contains(term)
            try await terminal.session.wait(
                for: known ? "probe failed: TERM is " : "probe failed: The terminal \(term) is not known here")
            #expect(try await terminal.session.value(of: "alternate_on") == "0")
        }
    }

    @Test(
        "without a terminal nothing is written but a sentence",
        arguments: ["$PROBE > out < /dev/null", "$PROBE | cat > out", "echo q | $PROBE > out"])
    func pipe(line: String) async throws {
        try await ProbeTerminal.run { terminal in
            try await terminal.shell(line)
            let text = terminal.content(of: "out")
            #expect(text.hasPrefix("probe failed: The dashboard needs a terminal"))
            #expect(!text.contains("\u{1B}"))
        }
    }

    @Test("a stray line of a library goes to the log file")
    func standardError() async throws {
        try await ProbeTerminal.run { terminal in
            try await terminal.startProbe()
            try await terminal.session.press("e")
            try await terminal.wait(forFile: "errors.log")
            #expect(terminal.content(of: "errors.log") == "stray line")
            #expect(try await terminal.session.screen().contains { $0.contains("stray") } == false)
            try await terminal.session.press("q")
        }
    }
}
