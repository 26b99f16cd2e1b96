import Foundation
import JSONText
import Testing
import TmuxHarness
import WaitingTestSupport

@Suite("Several at once", .serialized)
struct ConcurrencyTests {
    @Test("a dashboard, two “train” and pages at once train nobody twice and lose no version; a foreign training is adopted")
    func everybody() async throws {
        try await ProgramUnderTest.inFolder { program in
            try await program.dashboard("--demo", "--time-scale", "60") { screen in
                try await screen.wait(for: "15 of 40 eligible")
                let (page, runpod) = (try program.server(), try await program.simulator())
                try await screen.start(2)
                try await eventually("both are with RunPod") { await runpod.acceptedModels().count == 2 }

                async let owned = program("train", "--demo", "--yes")
                async let other = program.train([2, 3], behind: page, runpod)
                // With RunPod's key it could submit by itself: that it does not is the server's word that it has a desk.
                async let keyed = program.train([3, 4], behind: page, runpod, key: "simulated")
                async let pages: Void = withThrowingTaskGroup { group in
                    for actor in [1, 2, 5] {
                        group.addTask {
                            try await page.save(version: "page-\(actor)", named: "V90", of: actor, status: "completed")
                        }
                    }
                    group.addTask { _ = try await page.start(6, version: 1) }
                    group.addTask { _ = try await page.start(6, version: 1) }
                    try await group.waitForAll()
                }
                let refused = try await owned
                #expect(refused.code == 4)
                #expect(refused.errors.contains("dashboard"))
                #expect(refused.errors.contains("pid \(try program.owner())"))
                try await pages
                #expect(try await page.start(1, version: 2).status == 400)

                // A page that has RunPod's key itself: its job is in nobody's journal.
                let job = try await runpod.post("/v2/simulated/run", Caller.request(actor: 7, version: 1, on: page)).json["id"]?
                    .string
                try await page.save(version: try #require(job), named: "V1", of: 7, status: "pending")
                try await screen.wait(until: "the foreign training is shown", within: .seconds(3)) { lines in
                    lines.contains { $0.contains("0007_") && $0.contains(" V1 ") && $0.contains("IN_") }
                }
                #expect(try await page.start(7, version: 2).status == 400)

                try await screen.wait(until: "what the other program submitted is shown, too") { lines in
                    lines.contains { $0.contains("0003_") && $0.contains(" V1 ") && $0.contains("IN_") }
                }
                try await eventually("all six are with RunPod") { await runpod.acceptedModels().count == 6 }
                // Three workers: the last three begin when the first have ended.
                for _ in 1...2 { await runpod.skip(minutes: 45) }
                // Both wanted actor 3: one of them may be refused, by its own last look or in the desk's words.
                let ends = [try await other, try await keyed]
                #expect(ends[0].output.contains { $0.hasPrefix("Not trained: 0002_") }, "the dashboard has actor 2")
                #expect(ends.allSatisfy { [0, 1, 4].contains($0.code) } && ends[0].code != 0)
                for ended in ends where ended.code != 0 {
                    let words = ended.output.joined(separator: "\n")
                    #expect(words.contains("actor 3 exists already") || words.contains("V1 pending"), "\(words)")
                }
                var open: [Int] = []
                try await eventually("all but the foreign one are in the lists", shows: { "\(open)" }) {
                    open = try await page.open(among: [1, 2, 3, 4, 6])
                    return open.isEmpty
                }
                try await screen.wait(for: "0 trainings")
                try await screen.type("q")
                try await screen.waitForEnd()
            }
            let models = try await program.accepted().compactMap { $0["model_name"]?.string }
            #expect(models.sorted() == [1, 2, 3, 4, 6, 7].map { "actor_000\($0)_V1" })
            let attempts = try await program.attempts()
            for actor in [1, 2, 3, 4, 6, 7] {
                #expect(attempts[actor]?.map { $0["outcome"] } == ["completed"], "actor \(actor)")
            }
        }
    }
}

extension ProgramUnderTest {
    /// Another program with a state folder of its own, for the project behind a server.
    fileprivate func train(_ actors: [Int], behind page: Caller, _ runpod: Caller, key: String? = nil) async throws -> Outcome {
        let state = folder.appending(path: key == nil ? "other" : "keyed")
        var environment = ["RUNPOD_API_BASE": runpod.address + "/v2"]
        if let key { environment.merge(["RUNPOD_API_KEY": key, "MODEL_TRAINING_RUNPOD_ENDPOINT_ID": "simulated"]) { $1 } }
        return try await run(
            ["train"] + actors.map(String.init) + [
                "--server", page.address, "--yes", "--parallel", "2", "--state-dir", state.path,
            ],
            environment: environment)
    }
}

extension Caller {
    /// As the page does: reads all versions, adds one, writes all.
    func save(version id: String, named name: String, of actor: Int, status: String) async throws {
        var list = try await versions(of: actor)
        list.append([
            "id": .string(id), "name": .string(name), "status": .string(status), "timestamp": "2026-11-23T10:00:00.000Z",
            "parameters": [:], "image_count": 12,
        ])
        let answer = try await post("/api/actors/\(actor)/training-versions", ["versions": .array(list)])
        guard answer.status == 200 else { throw CallerError(answer: answer.json) }
    }

    func versions(of actor: Int) async throws -> [JSONValue] {
        let answer = try await get("/api/actors/\(actor)/training-versions")
        return answer["versions"]?.array ?? []
    }

    /// Those of the actors whose V1 is not completed, or who have lost what the pages saved.
    func open(among actors: [Int]) async throws -> [Int] {
        var open: [Int] = []
        for actor in actors {
            let versions = try await versions(of: actor)
            let isWhole = actor > 2 || versions.contains { $0["id"]?.string == "page-\(actor)" }
            let isDone = versions.contains { $0["name"] == "V1" && $0["status"] == "completed" }
            if !isWhole || !isDone { open.append(actor) }
        }
        return open
    }

    /// Starts a training as a page does.
    func start(_ actor: Int, version: Int) async throws -> (status: Int, json: JSONValue) {
        try await post("/api/training/start", Caller.request(actor: actor, version: version, on: self))
    }

    static func request(actor: Int, version: Int, on page: Caller) async throws -> JSONValue {
        let data = try await page.get("/api/actors/\(actor)/training-data")
        let images = data["training_images"]?.array?.compactMap { $0["s3_url"] } ?? []
        return [
            "policy": ["executionTimeout": 7_200_000, "ttl": 86_400_000],
            "input": [
                "workflow": ["1": ["class_type": "FluxTrainLoop", "inputs": ["steps": 1500]]],
                "training_config": ["model_name": .string("actor_000\(actor)_V\(version)"), "mode": "custom-actors"],
                "training_data": ["s3_urls": .array(images)],
            ],
        ]
    }
}

struct CallerError: Error {
    let answer: JSONValue
}
