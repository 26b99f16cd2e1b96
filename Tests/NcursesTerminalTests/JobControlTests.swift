import Foundation
import Testing
import TmuxHarness
import WaitingTestSupport

@Suite("Ctrl-Z and fg", .serialized)
struct JobControlTests {
    @Test("the shell gets its prompt and its modes, and fg brings the screen back")
    func suspension() async throws {
        try await ProbeTerminal.run { terminal in
            let session = terminal.session
            try await terminal.startProbe()
            for round in 1...3 {
                try await terminal.suspend()
                try await terminal.expectModesOfBefore()
                try await terminal.resume()
                try await session.wait(for: "resumed \(round) ")
                #expect(try await session.value(of: "alternate_on") == "1")
            }
            try await session.press("z")
            try await session.wait(for: "last character(\"z\")")
            try await session.press("q")
            try await session.wait(forValue: "0", of: "alternate_on")
            try await terminal.expectModesOfBefore()
        }
    }

    @Test("a new size and new modes while it is stopped are taken in")
    func changedMeanwhile() async throws {
        try await ProbeTerminal.run { terminal in
            let session = terminal.session
            try await terminal.startProbe()
            try await terminal.suspend()
            try await session.resize(width: 70, height: 20)
            try await terminal.shell("stty -echoctl; stty -g > before")
            try await session.type("fg")
            try await session.press("Enter")
            let screen = try await session.wait(for: "size 70x20")
            #expect(screen.last?.hasPrefix("└") == true)
            try await session.press("q")
            try await session.wait(forValue: "0", of: "alternate_on")
            try await terminal.expectModesOfBefore()
        }
    }

    @Test("stopped from outside, the terminal is given back too")
    func stoppedFromOutside() async throws {
        try await ProbeTerminal.run { terminal in
            let session = terminal.session
            try await terminal.startProbe()
            kill(try await terminal.drawingProcess(), SIGSTOP)
            try await session.wait(for: "Stopped")
            #expect(try await session.value(of: "alternate_on") == "0")
            try await terminal.expectModesOfBefore()
            try await terminal.resume()
            try await session.wait(for: "resumed 1")
            try await session.press("q")
            try await session.wait(forValue: "0", of: "alternate_on")
        }
    }

    @Test("started in the background it stops until it is brought to the front")
    func background() async throws {
        try await ProbeTerminal.run { terminal in
            let session = terminal.session
            try await session.type("$PROBE &")
            try await session.press("Enter")
            // A shell says so with its next prompt.
            try await eventually("the shell says that it has stopped") {
                try await session.press("Enter")
                return try await session.screen().contains { $0.contains("Stopped") }
            }
            #expect(try await session.value(of: "alternate_on") == "0")
            try await terminal.resume()
            try await session.wait(for: "steps ")
            try await session.press("q")
            try await session.wait(for: "probe left with 0")
        }
    }
}
