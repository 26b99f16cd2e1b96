import Foundation
import JSONText
import Testing
import TmuxHarness

@Suite("What is read without an engine")
struct ReadingTests {
    enum Obstacle: CaseIterable {
        case fileAsFolder, fileAbove, nobodysFolder

        func stand(at state: URL) throws {
            let files = FileManager.default
            switch self {
            case .fileAsFolder:
                try files.createDirectory(at: state, withIntermediateDirectories: true)
                try Data("mine".utf8).write(to: state.appending(path: "demo"))
            case .fileAbove: try Data("mine".utf8).write(to: state)
            // Cannot be looked into even by root, to whom a mode is no obstacle.
            case .nobodysFolder:
                try files.createDirectory(at: state, withIntermediateDirectories: true)
                try files.createSymbolicLink(atPath: state.appending(path: "demo").path, withDestinationPath: "demo")
            }
        }
    }

    @Test(
        "trainings that cannot be read are not none: exit code 3 and the sentence of the other commands",
        arguments: Obstacle.allCases)
    func unreadable(obstacle: Obstacle) async throws {
        try await ProgramUnderTest.inFolder { program in
            let state = program.folder.appending(path: "state")
            try obstacle.stand(at: state)
            let actors = try await program("actors", "--demo", "--state-dir", state.path)
            for command in ["jobs", "events"] {
                for more in [[], ["--json"]] {
                    let run = try await program.run([command, "--demo", "--state-dir", state.path] + more)
                    #expect(run.code == 3, "\(command) \(run.errors)")
                    #expect(run.errors == actors.errors && !run.errors.isEmpty)
                    #expect(run.output.isEmpty)
                }
            }
        }
    }

    @Test("where nothing is open it is said beside the output, with what --all has; what is open is as old as its last sign")
    func noneOpen() async throws {
        try await ProgramUnderTest.inFolder { program in
            let none = try await program("jobs", "--demo")
            #expect(none.code == 0 && none.output.isEmpty && none.errors == "actor-trainer: no trainings yet\n")
            _ = try await program("train", "1", "--demo", "--yes", "--time-scale", "600", "--fault", "fails-at-once=1")
            for more in [[], ["--json"]] {
                let ended = try await program.run(["jobs", "--demo"] + more)
                #expect(ended.code == 0 && ended.output.isEmpty)
                #expect(ended.errors == "actor-trainer: none open; --all shows 1\n")
            }
            let all = try await program("jobs", "--demo", "--all")
            #expect(all.output.count == 1 && all.errors.isEmpty)
        }
    }

    @Test("the line of an open job has the time of its last sign, as its JSON has, and its age is that of the present")
    func lastSign() async throws {
        try await ProgramUnderTest.inFolder { program in
            try await program.dashboard("--demo", "--time-scale", "60") { screen in
                try await screen.wait(for: "15 of 40 eligible")
                try await screen.start(1)
                try await screen.wait(for: "IN_PROGRESS")
                await (try await program.simulator()).freeze()
                try await screen.type("qy")
                try await screen.waitForEnd()
            }
            await (try await program.simulator()).skip(minutes: 600)
            let json = try #require(try await program("jobs", "--demo", "--json").json().first)
            let asOf = try #require(json["as_of"]?.string)
            let line = try #require(try await program("jobs", "--demo").output.first)
            #expect(line.contains("as of \(asOf.prefix(10)) \(asOf.dropFirst(11).prefix(8)) UTC"), "\(line) \(asOf)")
            #expect((json["status_age_seconds"]?.double ?? 0) >= 1800, "\(json)")
        }
    }

    @Test("train --read-only is refused as the others are, with exit code 4")
    func readOnly() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program("train", "1", "--demo", "--read-only", "--yes")
            #expect(run.code == 4 && run.errors.contains("--read-only"))
            #expect(try await program("train", "1", "--demo", "--read-only", "--dry-run").code == 0)
        }
    }

    @Test("cancel --wait says that it has ended, and how")
    func cancelled() async throws {
        try await ProgramUnderTest.inFolder { program in
            try await program.dashboard("--demo", "--time-scale", "60") { screen in
                try await screen.wait(for: "15 of 40 eligible")
                try await screen.start(1)
                try await screen.wait(for: "IN_PROGRESS")
                try await screen.type("qy")
                try await screen.waitForEnd()
            }
            let run = try await program("cancel", "j1", "--wait", "--demo")
            #expect(run.code == 0)
            #expect(run.output.first == "RunPod is asked to stop j1")
            #expect(run.output.last?.hasPrefix("j1 0001_scandinavian_34_female V1 has ended: cancelled") == true, "\(run.output)")
        }
    }
}
