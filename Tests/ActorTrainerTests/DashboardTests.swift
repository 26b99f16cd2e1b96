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
                try await screen.type("y")
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
                try await screen.type("y")
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
                let second = try await program("jobs", "--demo")
                #expect(second.code == 4)
                #expect(second.errors.contains("pid"))
                try await screen.type("q")
                try await screen.waitForEnd()
            }
        }
    }
}
