import Foundation
import JSONText
import Testing
import TmuxHarness
import WaitingTestSupport

@Suite("Notifications of a whole run", .timeLimit(.minutes(2)))
struct NotificationTests {
    @Test("each end is told once to the command and to the terminal, whose frames stay whole, and a restart tells nothing again")
    func dashboard() async throws {
        try await ProgramUnderTest.inFolder { program in
            let command = program.folder.appending(path: "tell")
            let told = program.folder.appending(path: "told")
            try Data("#!/bin/sh\ncat >> '\(told.path)'\n".utf8).write(to: command)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: command.path)
            let environment = [
                "ACTOR_TRAINER_NOTIFY_COMMAND": command.path, "ACTOR_TRAINER_NOTIFY_TERMINAL": "9", "TERM": "tmux-256color",
            ]
            let bytes = program.folder.appending(path: "terminal.bytes")
            try await program.dashboard(environment: environment, "--demo", "--time-scale", "1200") { screen in
                try await screen.set("allow-passthrough", to: "on")
                try await screen.record(to: bytes)
                try await screen.wait(for: "15 of 40 eligible")
                try await screen.press("Space", "j", "Space", "t")
                try await screen.wait(for: "Start 2 trainings?")
                try await screen.type("wy")
                try await eventually("both ends and the batch are told", within: .seconds(40)) {
                    NotificationTests.lines(told).count >= 3
                        && NotificationTests.text(bytes).components(separatedBy: "]9;actor-trainer").count > 3
                }
                try await screen.type("q")
                try await screen.waitForEnd()
            }
            let kinds = try NotificationTests.lines(told).map { try JSONValue(parsing: $0)["notification"]?.string }
            #expect(kinds == ["done", "done", "batch_done"])
            // What the program wrote is in tmux's envelope, each in one piece.
            let pieces = NotificationTests.text(bytes).components(separatedBy: "\u{1B}Ptmux;").dropFirst()
            #expect(pieces.count == 3 && NotificationTests.text(bytes).contains("\u{7}"))
            for piece in pieces {
                let end = try #require(piece.range(of: "\u{1B}\u{1B}\\\u{1B}\\"))
                let inside = piece[..<end.lowerBound]
                #expect(inside.hasPrefix("\u{1B}\u{1B}]9;actor-trainer: [simulation] "))
                #expect(inside.dropFirst(2).unicodeScalars.allSatisfy { $0.value >= 32 }, "no frame is in between")
            }
            try await program.dashboard(environment: environment, "--demo", "--time-scale", "1200") { screen in
                try await screen.wait(for: "COMPLETED")
                try await screen.type("q")
                try await screen.waitForEnd()
            }
            #expect(NotificationTests.lines(told).count == 3)
        }
    }

    private static func lines(_ file: URL) -> [String] { text(file).split(separator: "\n").map(String.init) }

    private static func text(_ file: URL) -> String { String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self) }
}
