import Foundation
import JSONText
import RunPodSimulator
import Testing
import TmuxHarness

@Suite("The dashboard on the demo, in a terminal", .serialized)
struct DashboardTests {
    @Test(
        "two are marked and started; one is cancelled, retried and completes with a version of its own",
        arguments: [
            (120, 40), (80, 24), (200, 60),
        ])
    func wholeSitting(width: Int, height: Int) async throws {
        try await ProgramUnderTest.inFolder { program in
            try await program.dashboard(width: width, height: height, "--demo", "--time-scale", "60") { screen in
                try await screen.wait(for: "15 of 40 eligible")
                try await screen.wait(for: "SIMULATION ×60")
                try await screen.type(" ")
                try await screen.wait(for: "1 marked")
                try await screen.type(" ")
                try await screen.wait(for: "2 marked")
                try await screen.type("t")
                try await screen.wait(for: "Start 2 trainings?")
                try await screen.type("wy")
                try await screen.type("+")
                try await screen.press("Tab")
                try await screen.wait(until: "the row shows it") { lines in
                    lines.contains { $0.contains("j1") && $0.contains("IN_PROGRESS") }
                }
                try await screen.wait(until: "the row shows it") { lines in
                    lines.contains { $0.contains("j2") && $0.contains("IN_PROGRESS") }
                }
                try await screen.wait(until: "the row shows it") { lines in
                    lines.contains { $0.contains("j1") && $0.contains("/2000") }
                }
                try await screen.type("x")
                try await screen.wait(for: "Cancel 1 training?")
                try await screen.press("Enter")
                try await screen.wait(until: "the row shows it") { lines in !lines.contains { $0.contains("Cancel 1 training?") }
                }
                try await screen.type("x")
                try await screen.wait(for: "Cancel 1 training?")
                try await screen.type("y")
                try await screen.wait(until: "the row shows it") { lines in
                    lines.contains { $0.contains("j1") && $0.contains("cancelled") && $0.contains("CANCELLED") }
                }
                let found = await SimulatorFinder(stateDirectory: program.demo.appending(path: "simulator")).find()
                let simulator = try #require(found)
                try await screen.type("r")
                try await screen.wait(for: "next is V2")
                try await screen.type("y")
                try await screen.wait(until: "the second attempt runs") { lines in
                    lines.contains { $0.contains("j1") && $0.contains("V2") && $0.contains("IN_PROGRESS") }
                }
                // The rest needs no watching.
                _ = await SimulatorFinder.skip(simulator.address.url, seconds: 2400)
                try await screen.wait(until: "the row shows it") { lines in
                    lines.contains { $0.contains("j1") && $0.contains("V2") && $0.contains("completed") }
                }
                try await screen.wait(until: "the row shows it") { lines in
                    lines.contains { $0.contains("j2") && $0.contains("V1") && $0.contains("completed") }
                }
                try await screen.type("q")
                try await screen.waitForEnd()
            }
            let events = try await program("events", "--demo", "--json").json()
            let names = events.compactMap { $0["event"]?.string }
            #expect(names.count { $0 == "submission.accepted" } == 3)
            #expect(names.contains("cancel.requested"))
            #expect(events.contains { $0["event"] == "status.observed" && $0["data"]?["state"] == "CANCELLED" })
            #expect(names.last == "engine.stopped")
        }
    }

    @Test("a killed dashboard finds its trainings again")
    func killed() async throws {
        try await ProgramUnderTest.inFolder { program in
            try await program.dashboard("--demo", "--time-scale", "60") { screen in
                try await screen.wait(for: "15 of 40 eligible")
                try await screen.type("t")
                try await screen.wait(for: "Start 1 training?")
                try await screen.type("wy")
                try await screen.wait(for: "IN_PROGRESS")
                let owner = try String(contentsOf: program.demo.appending(path: "lock"), encoding: .utf8)
                let pid = try #require(Int32(owner.prefix { $0 != "\n" }))
                kill(pid, SIGKILL)
                try await screen.waitForEnd()
            }
            try await program.dashboard("--demo", "--time-scale", "600") { screen in
                try await screen.wait(until: "the row shows it") { lines in
                    lines.contains { $0.contains("j1") && $0.contains("completed") }
                }
                try await screen.type("q")
                try await screen.waitForEnd()
            }
            let jobs = try await program("jobs", "--all", "--json", "--demo").json()
            #expect(jobs.first?["attempts"]?.array?.count == 1)
            #expect(jobs.first?["outcome"] == "completed")
        }
    }

    @Test("a second program says who has the state folder")
    func secondOwner() async throws {
        try await ProgramUnderTest.inFolder { program in
            try await program.dashboard("--demo") { screen in
                try await screen.wait(for: "15 of 40 eligible")
                let owner = try String(contentsOf: program.demo.appending(path: "lock"), encoding: .utf8).split(separator: "\n")
                let address = try String(contentsOf: program.demo.appending(path: "server.address"), encoding: .utf8)
                for command in ["jobs", "events", "train"] {
                    let second = try await program(command, "--demo")
                    #expect(second.code == 4)
                    #expect(second.errors.contains("“dashboard” (pid \(owner[0]), since \(owner[1])) has "))
                    #expect(second.errors.contains("use its keys, or end it with q"))
                    #expect(second.errors.contains("--state-dir"))
                    #expect(second.errors.contains("train --server \(address.split(separator: "\n")[1])") == (command == "train"))
                }
                try await screen.type("q")
                try await screen.waitForEnd()
            }
            #expect(!FileManager.default.fileExists(atPath: program.demo.appending(path: "server.address").path))
        }
    }

    @Test("who leaves while something runs is told the command that leads back to the same place")
    func wayBack() async throws {
        try await ProgramUnderTest.inFolder { program in
            let folder = program.folder.appending(path: "my state").path
            try await program.dashboard(
                width: 300, "--demo", "--fresh", "--time-scale", "30", "--state-dir", folder, "--no-color"
            ) { screen in
                try await screen.wait(for: "15 of 40 eligible")
                try await screen.type("twy")
                try await screen.wait(for: "IN_PROGRESS")
                try await screen.type("qy")
                try await screen.waitForEnd()
                try await screen.wait(
                    for: "Come back with: \(ProgramUnderTest.path) --demo --time-scale 30 --state-dir '\(folder)' --no-color")
            }
            let simulator = URL(filePath: folder).appending(path: "demo/simulator")
            if let found = await SimulatorFinder(stateDirectory: simulator).find() {
                _ = await SimulatorFinder.stop(found.address.url)
            }
        }
    }

    @Test("Ctrl-L makes a screen whole that another program has written over")
    func redraw() async throws {
        try await ProgramUnderTest.inFolder { program in
            try await program.dashboard("--demo") { screen in
                try await screen.wait(for: "V2 of 0038")
                let whole = try await screen.restingScreen()
                let terminal = try await screen.value(of: "pane_tty")
                try "\u{1B}[2J\u{1B}[5;5HGARBAGE\r\n\u{1B}[31mmore".write(toFile: terminal, atomically: false, encoding: .utf8)
                try await screen.wait(for: "GARBAGE")
                try await screen.press("C-l")
                try await screen.wait(until: "the screen is whole again") { $0 == whole }
                try await screen.type("q")
                try await screen.waitForEnd()
            }
        }
    }
}
