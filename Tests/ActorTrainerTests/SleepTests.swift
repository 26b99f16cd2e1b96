import Foundation
import JSONText
import Testing
import TmuxHarness
import WaitingTestSupport

@Suite("Away for hours", .serialized)
struct SleepTests {
    /// At this pace a stop of two seconds is three hours, and a poll is half a second.
    private static let scale = "5400"

    @Test("after three hours asleep an end without a webhook, a forgotten one and a foreign cancel are caught up within one poll")
    func asleep() async throws {
        try await ProgramUnderTest.inFolder { program in
            let faults = ["--fault", "webhook-lost@actor_0001", "webhook-lost@actor_0002", "result-dropped@actor_0002"]
            _ = try await program.run(["actors", "--demo", "--time-scale", Self.scale] + faults)
            try await program.dashboard(behind: ["sh", "-c", "\"$0\" \"$@\"; exit"], "--demo", "--time-scale", Self.scale) {
                screen in
                try await screen.wait(for: "15 of 40 eligible")
                let simulator = try await program.simulator()
                await simulator.freeze()
                try await screen.start(3)
                try await eventually("three are accepted") { await simulator.acceptedModels().count == 3 }
                await simulator.skip(minutes: 5)
                try await screen.wait(until: "three run") { lines in
                    lines.shows("j1", "IN_PROGRESS") && lines.shows("j2", "IN_PROGRESS") && lines.shows("j3", "IN_PROGRESS")
                }
                // Not the last one: three that leave at once are accepted in any order.
                let accepted = try #require(try await simulator.get("/simulator/accepted")["accepted"]?.array)
                let third = try #require(accepted.first { $0["model_name"] == "actor_0003_V1" }?["id"]?.string)

                // Behind a shell that goes on: tmux wakes a pane whose own process is stopped.
                let owner = try program.owner()
                let processes = [try await ProcessTable.parent(of: owner), owner]
                for process in processes { kill(process, SIGSTOP) }
                let stopped = ContinuousClock.now
                try await simulator.post("/v2/simulated/cancel/\(third)")
                await simulator.skip(minutes: 180)
                // A pause, for it is time itself that must pass: they are stopped, and whom else could one ask?
                try await ContinuousClock().sleep(until: stopped + .seconds(2))
                for process in processes { #expect(try await ProcessTable.state(of: process).hasPrefix("T")) }
                for process in processes.reversed() { kill(process, SIGCONT) }

                // A poll is half a second; the rest is this machine's own slowness.
                try await screen.wait(until: "all three have ended", within: .seconds(3)) { lines in
                    lines.shows("j1", "completed") && lines.shows("j2", "completed") && lines.shows("j3", "cancelled")
                }
                try await screen.type("q")
                try await screen.waitForEnd()
            }
            let attempts = try await program.attempts()
            #expect(attempts[1]?.map { $0["outcome"] } == ["completed"])
            #expect(attempts[2]?.map { $0["outcome"] } == ["completed"])
            #expect(attempts[3]?.map { $0["outcome"] } == ["cancelled"])
        }
    }

    @Test("the demo shows a long sleep and a page's training by faults: what ended meanwhile is dated by its model")
    func demonstrated() async throws {
        try await ProgramUnderTest.inFolder { program in
            try await program.dashboard("--demo", "--time-scale", "240", "--fault", "asleep", "foreign-start", "webhook-lost") {
                screen in
                try await screen.wait(for: "15 of 40 eligible")
                try await screen.start(2)
                try await screen.wait(until: "the page's training is adopted") { lines in
                    lines.contains { $0.contains("0015_") && $0.contains(" V1 ") }
                }
                try await screen.wait(for: "the computer slept for three hours")
                try await screen.wait(until: "all three have ended", within: .seconds(5)) { lines in
                    ["j1", "j2", "j3"].allSatisfy { lines.shows($0, "completed") }
                }
                try await screen.type("q")
                try await screen.waitForEnd()
            }
            let attempts = try await program.attempts()
            for actor in [1, 2, 15] {
                #expect(attempts[actor]?.map { $0["outcome"] } == ["completed"], "actor \(actor)")
                // By the model's own time: half an hour, and not the three hours until somebody looked.
                #expect(attempts[actor]?.first?["elapsed_minutes"]?.double ?? .infinity < 60, "actor \(actor)")
                #expect(attempts[actor]?.first?["elapsed_approximate"] == true, "actor \(actor)")
            }
            #expect(try await program.accepted().count == 3)
        }
    }

    @Test("RunPod forgot two finished jobs while nobody watched: one left its model and is completed, one left none and is lost")
    func forgotten() async throws {
        try await ProgramUnderTest.inFolder { program in
            let faults = ["result-dropped", "webhook-lost", "model-missing@actor_0002"]
            let killed = try await program.dashboard("--demo", "--time-scale", "60", "--fault", faults[0], faults[1], faults[2]) {
                screen in
                try await screen.wait(for: "15 of 40 eligible")
                try await screen.start(2)
                try await screen.wait(until: "two run") { lines in
                    lines.shows("j1", "IN_PROGRESS") && lines.shows("j2", "IN_PROGRESS")
                }
                kill(try program.owner(), SIGKILL)
                try await screen.waitForEnd()
                return try await program.simulator()
            }
            await killed.skip(minutes: 180)
            try await program.dashboard("--demo", "--time-scale", "5400") { screen in
                try await screen.wait(until: "the models have decided") { lines in
                    lines.shows("j1", "completed") && lines.shows("j2", "lost")
                }
                try await screen.type("q")
                try await screen.waitForEnd()
            }
            let attempts = try await program.attempts()
            #expect(attempts[1]?.map { $0["outcome"] } == ["completed"])
            #expect(attempts[2]?.map { $0["outcome"] } == ["lost"])
            #expect(attempts[2]?.first?["error"] == "RunPod knows it no longer, and no model is there")
            let manifest = try program.file("project/data/actor_manifests/0001_manifest.json")["custom_lora_models"]?.array
            #expect(manifest?.map { $0["filename"] } == ["actor_0001_V1.safetensors"])
            #expect(try await program.accepted().count == 2)
        }
    }
}

extension TmuxSession {
    /// Marks the first actors and starts them, all at once.
    func start(_ count: Int) async throws {
        for number in 1...count {
            try await type(" ")
            try await wait(for: "\(number) marked")
        }
        try await type("t")
        try await wait(for: "Start \(count) training")
        try await type("wy")
        for _ in 1..<count { try await type("+") }
    }
}

extension [String] {
    /// The time of day in the dashboard's first line, in minutes.
    var clock: Int? {
        guard let match = first?.firstMatch(of: /(\d\d):(\d\d) UTC/), let hours = Int(match.1), let minutes = Int(match.2) else {
            return nil
        }
        return hours * 60 + minutes
    }

    /// Whether the row of a job, not a line of the log, holds a word.
    func shows(_ job: String, _ word: String) -> Bool {
        contains { $0.contains("\(job) ") && $0.contains(" V1 ") && $0.contains(word) }
    }
}

extension ProgramUnderTest {
    /// All that the simulator ever accepted, as it wrote it down.
    func accepted() async throws -> [JSONValue] {
        let text = try String(contentsOf: demo.appending(path: "simulator/accepted.jsonl"), encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }
}
