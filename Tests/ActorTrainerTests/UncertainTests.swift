import Foundation
import JSONText
import Testing
import TmuxHarness
import WaitingTestSupport

@Suite("Submissions without an answer", .serialized)
struct UncertainTests {
    @Test("an answer cut off after RunPod accepted is uncertain, is not sent again in an hour, and ends by the webhook")
    func cutOff() async throws {
        try await ProgramUnderTest.inFolder { program in
            let faults = ["answer-lost", "stalls@actor_0001"]
            // An hour is two seconds; the first stays in progress until its limit of more than an hour has passed.
            try await program.dashboard("--demo", "--time-scale", "1800", "--fault", faults[0], faults[1]) { screen in
                try await screen.wait(for: "15 of 40 eligible")
                let simulator = try await program.simulator()
                await simulator.freeze()
                try await screen.start(2)
                try await screen.wait(until: "both are uncertain") { lines in
                    lines.shows("j1", "UNCERTAIN") && lines.shows("j2", "UNCERTAIN")
                }
                // The engine's own clock, which the dashboard shows, runs on while RunPod's stands still.
                let begin = try #require(await screen.screen().clock)
                try await screen.wait(until: "an hour has passed") { lines in
                    // Two looks may be on both sides of midnight, but not a day apart: the hour is two seconds.
                    lines.clock.map { ($0 - begin + 1440) % 1440 >= 60 } == true
                }
                #expect(await simulator.acceptedModels().sorted() == ["actor_0001_V1", "actor_0002_V1"])
                await simulator.skip(minutes: 60)
                try await screen.wait(until: "the second ended by its webhook") { lines in
                    lines.shows("j2", "completed") && lines.shows("j1", "UNCERTAIN")
                }
                await simulator.skip(minutes: 60)
                try await screen.wait(until: "the first ended by its webhook") { lines in
                    // RunPod says of an exceeded limit now FAILED and now TIMED_OUT.
                    lines.shows("j1", "timed out") || lines.shows("j1", "failed")
                }
                try await screen.type("q")
                try await screen.waitForEnd()
            }
            let events = try await program("events", "--demo", "--json").json()
            #expect(events.count { $0["event"] == "submission.intended" } == 2)
            #expect(events.count { $0["event"] == "submission.uncertain" } == 2)
            let evidence = events.filter { $0["event"] == "submission.accepted" }.map { $0["data"]?["evidence"] }
            #expect(evidence == ["webhook", "webhook"])
            #expect(try await program.accepted().count == 2)
        }
    }
}
