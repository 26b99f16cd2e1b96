import Foundation
import JSONText
import RunPodSimulator
import Testing

@Suite("train, on the demo")
struct TrainTests {
    @Test("an actor whom nobody knows is wrong usage, and nobody is trained")
    func unknownActor() async throws {
        try await ProgramUnderTest.inFolder { program in
            let outcome = try await program("train", "2", "999", "--demo", "--time-scale", "600", "--yes")
            #expect(outcome.code == 2)
            #expect(outcome.errors.contains("there is no actor 999"))
            #expect(try await program.simulator().acceptedModels().isEmpty)
        }
    }

    @Test("two actors are trained, and versions, manifests and model files say so")
    func two() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program("train", "--demo", "--time-scale", "600", "--limit", "2", "--yes")
            #expect(run.code == 0, "\(run.errors)")
            #expect(
                run.output.suffix(4) == [
                    "Total actors processed: 2", "Successful: 2", "Failed: 0", "✓ Successful models have been saved to manifests",
                ])
            #expect(run.output.contains("[Auto Train] Loaded 40 actors"))
            #expect(run.output.contains("[Auto Train] Training 2/2"))
            for (name, id, file) in [
                ("0001_scandinavian_34_female", "0001", "actor_0001_V1"), ("0002_west_african_41_male", "0002", "actor_0002_V1"),
            ] {
                let version = try program.file("project/data/actors/\(name)/training_versions.json")["versions"]?[0]
                #expect(version?["name"] == "V1")
                #expect(version?["status"] == "completed")
                #expect(version?["parameters"]?["class_tokens"]?.string == name)
                let model = try program.file("project/data/actor_manifests/\(id)_manifest.json")["custom_lora_models"]?[0]
                #expect(model?["filename"]?.string == "\(file).safetensors")
                let path = "simulator/models/demo-user-files/actor_maker_user/custom-actors/models/\(file).safetensors"
                #expect(FileManager.default.fileExists(atPath: program.demo.appending(path: path).path))
            }
        }
    }

    @Test("a failed training ends with exit code 1, and a retry makes a new version")
    func failing() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program(
                "train", "1", "--demo", "--time-scale", "600", "--yes", "--json", "--fault", "fails-at-once=1")
            #expect(run.code == 1)
            #expect(try run.json().last?["summary"]?["failed"]?.int == 1)
            let retry = try await program("retry", "j1", "--demo", "--time-scale", "600")
            #expect(retry.code == 0, "\(retry.errors)")
            let again = try await program("train", "--demo", "--time-scale", "600", "--limit", "1", "--yes", "--json")
            #expect(again.code == 0, "\(again.errors)")
            let jobs = try await program("jobs", "--all", "--json", "--demo").json()
            #expect(jobs.count == 1)
            #expect(jobs.first?["attempts"]?.array?.map { $0["version"] } == ["V1", "V2"])
            #expect(jobs.first?["attempts"]?.array?.map { $0["outcome"] } == ["failed", "completed"])
        }
    }

    @Test("a fresh demo has forgotten its trainings and has its first project again")
    func fresh() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program("train", "1", "--demo", "--time-scale", "600", "--yes")
            #expect(run.code == 0, "\(run.errors)")
            let again = try await program("train", "1", "--demo", "--fresh", "--time-scale", "600", "--yes", "--json")
            #expect(again.code == 0, "\(again.errors)")
            let jobs = try await program("jobs", "--all", "--json", "--demo").json()
            #expect(jobs.map { $0["version"] } == ["V1"])
        }
    }

    @Test("a budget that is used refuses with exit code 4, and nothing is queued", arguments: ["DAY", "BATCH"])
    func budget(of what: String) async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program.run(
                ["train", "1", "--demo", "--time-scale", "600", "--yes"], environment: ["ACTOR_TRAINER_BUDGET_\(what)": "0.10"])
            #expect(run.code == 4, "\(run.output) \(run.errors)")
            #expect(run.errors.contains("the budget of this \(what.lowercased()) ($0.10) allows no more"))
            #expect(try await program("jobs", "--all", "--json", "--demo").output.isEmpty)
        }
    }

    @Test("a budget that ends in the middle of a batch lets the rest wait, and says so with exit code 4")
    func budgetInTheMiddle() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program.run(
                ["train", "1", "2", "--demo", "--time-scale", "600", "--yes", "--json"],
                environment: ["ACTOR_TRAINER_BUDGET_BATCH": "0.80"])
            #expect(run.code == 4, "\(run.output) \(run.errors)")
            #expect(run.errors.contains("the queue is held: the budget of this batch") && run.errors.contains("1 not submitted"))
            let warning = try run.json().first { $0["check"]?.string == "budget" }
            #expect(warning?["detail"]?.string?.contains("only 1 of these 2") == true)
            let jobs = try await program("jobs", "--all", "--json", "--demo").json()
            #expect(jobs.map { $0["phase"] } == ["done", "queued"])
        }
    }

    @Test("without a terminal and without --yes nothing is spent")
    func unasked() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program("train", "--demo", "--limit", "1")
            #expect(run.code == 2)
            #expect(run.errors.contains("--yes"))
            #expect(try await program("jobs", "--all", "--json", "--demo").output.isEmpty)
        }
    }
}

@Suite("Listings and refusals")
struct ListingTests {
    @Test("an actor that is not eligible comes with every reason")
    func reasons() async throws {
        try await ProgramUnderTest.inFolder { program in
            let actors = try await program("actors", "--demo", "--json").json()
            #expect(actors.count == 40)
            #expect(actors.filter { $0["eligible"]?.bool == true }.count == 15)
            #expect(actors.allSatisfy { ($0["eligible"]?.bool == true) == ($0["reasons"]?.array?.isEmpty == true) })
            #expect(actors.contains { ($0["reasons"]?.array?.count ?? 0) > 1 })
        }
    }

    @Test("listing jobs and events writes nothing, and makes no journal where there is none")
    func listingsOnlyLook() async throws {
        try await ProgramUnderTest.inFolder { program in
            #expect(try await program("jobs", "--demo").code == 0)
            #expect(try await program("events", "--demo").output.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: program.demo.path))
            #expect(try await program("cancel", "j7", "--demo").code == 2)
            let first = try await program("events", "--demo", "--json").output
            #expect(!first.isEmpty)
            #expect(try await program("jobs", "--all", "--demo").code == 0)
            #expect(try await program("events", "--demo", "--json").output == first)
            let refused = try await program("jobs", "--demo", "--fresh")
            #expect(refused.code == 2 && refused.errors.contains("--fresh"))
        }
    }

    @Test("help says each default once")
    func help() async throws {
        try await ProgramUnderTest.inFolder { program in
            let help = try await program("simulate", "--help")
            let line = try #require(help.output.first { $0.contains("--port") && $0.contains("default") })
            #expect(line.components(separatedBy: "default").count == 2)
        }
    }

    @Test("--log-level decides what the log file takes; events are info", arguments: [("info", true), ("warning", false)])
    func logLevel(level: String, takesEvents: Bool) async throws {
        try await ProgramUnderTest.inFolder { program in
            #expect(try await program("cancel", "j7", "--demo", "--log-level", level).code == 2)
            let log = try String(contentsOf: program.demo.appending(path: "actor-trainer.log"), encoding: .utf8)
            #expect(log.contains(" info ") == takesEvents)
        }
    }

    @Test(
        "a wrong source gives one sentence and the right code, and writes nothing",
        arguments: [
            (["actors", "--project", "/nonexistent"], Int32(3), "is no Actor Maker project"),
            (["actors", "--server", "http://127.0.0.1:9"], 3, "127.0.0.1:9"),
            (["actors", "--server", "http://127.0.0.1:99999"], 2, "http://localhost:5173"),
            (["actors", "--server", "localhost"], 2, "http://localhost:5173"),
            (["actors", "--demo", "--project", "x"], 2, "choose one of"),
            (["actors"], 2, "--demo"),
            (["train", "--demo", "--limit", "0"], 2, "--limit"),
            (["jbos", "--demo"], 2, "there is no command “jbos”; there are dashboard, train, actors, jobs, events, cancel"),
            (["cancel", "j7", "--demo"], 2, "there is no job j7"),
        ])
    func refusals(arguments: [String], code: Int32, sentence: String) async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program.run(arguments)
            #expect(run.code == code)
            #expect(run.errors.contains(sentence), "\(run.errors)")
            #expect(run.output.isEmpty)
        }
    }
}
