import Foundation
import HTTPTestSupport
import JSONText
import Testing
import TmuxHarness

@Suite("doctor")
struct DoctorTests {
    /// What RunPod's `/health` and the ngrok agent answer where nothing is broken; the tunnel itself cannot be had without a network.
    private static let health =
        #"{"jobs":{"completed":1,"failed":0,"inProgress":0,"inQueue":0,"retried":0},"workers":{"idle":2,"initializing":0,"ready":2,"running":0,"throttled":0,"unhealthy":0}}"#
    private static let noWorkers =
        #"{"jobs":{"completed":1,"failed":0,"inProgress":0,"inQueue":0,"retried":0},"workers":{"idle":0,"initializing":0,"ready":0,"running":0,"throttled":0,"unhealthy":0}}"#
    private static let otherTunnel =
        #"{"tunnels":[{"public_url":"https://somebody.example","proto":"https","config":{"addr":"http://localhost:5173"}}]}"#

    /// A project of the demo's files, in a folder of its own.
    private func project(_ program: ProgramUnderTest) throws -> String {
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../assets/demo-project")
            .standardizedFileURL
        let target = program.folder.appending(path: "project")
        try FileManager.default.copyItem(at: source, to: target)
        return target.path
    }

    private func objections(_ outcome: ProgramUnderTest.Outcome) throws -> [JSONValue] {
        try outcome.json().filter { ["warn", "fail"].contains($0["status"]?.string) }
    }

    @Test("the demo is sound, with no network and without a finding to mend")
    func demo() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program("doctor", "3", "--demo", "--json")
            #expect(run.code == 0, "\(run.errors)")
            #expect(try objections(run).isEmpty)
            let checks = try run.json().compactMap { $0["check"]?.string }
            for name in [
                "state-folder", "simulation", "project", "workflow", "runpod.key", "runpod.endpoint", "webhook", "images",
            ] {
                #expect(checks.contains(name))
            }
            #expect(try run.json().allSatisfy { $0.object?.keys == ["check", "status", "detail", "remedy"] })
            let words = try await program("doctor", "--demo")
            #expect(words.code == 0)
            #expect(words.output.last?.hasPrefix("Nothing stands in the way") == true)
        }
    }

    @Test("tells what a worker costs, what the budget has left, and what RunPod billed beside our own sum")
    func money() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program("train", "1", "--demo", "--time-scale", "600", "--yes")
            #expect(run.code == 0, "\(run.errors)")
            let doctor = try await program.run(["doctor", "--demo", "--json"], environment: ["ACTOR_TRAINER_BUDGET_BATCH": "5"])
            let checks = Dictionary(
                try doctor.json().map { ($0["check"]?.string ?? "", $0["detail"]?.string ?? "") }, uniquingKeysWith: { $1 })
            #expect(doctor.code == 0)
            #expect(checks["runpod.gpus"]?.contains("one GPU of ADA_24, AMPERE_48, at $1.12–$1.22 an hour") == true)
            #expect(checks["budget"] == "Budget of this batch: $5.00 of $5.00 left ($0.00 spent)")
            let bills = try #require(checks["runpod.bills"])
            #expect(bills.contains("in the last 7 days RunPod billed $0.") && bills.contains("our 1 training there come to $0."))
            let used = try await program.run(["doctor", "--demo", "--json"], environment: ["ACTOR_TRAINER_BUDGET_BATCH": "0"])
            #expect(used.code == 4)
        }
    }

    @Test("a project without .env is told what to set and where to get it")
    func withoutEnv() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program.run(
                ["doctor", "--json", "--project", try project(program)], environment: ["NGROK_API": "http://127.0.0.1:9"])
            #expect(run.code == 3)
            let failed = try run.json().filter { $0["status"] == "fail" }
            #expect(failed.map { $0["check"] } == ["runpod.key", "runpod.endpoint"])
            #expect(failed[0]["detail"] == "RUNPOD_API_KEY is not set")
            #expect(failed[0]["remedy"]?.string?.contains("RUNPOD_API_KEY=") == true)
            #expect(try objections(run).map { $0["check"] }.last == "webhook")
        }
    }

    struct Broken: Sendable {
        var path: String
        var answer: FakeServer.Answer
        var check: String
        var word: String
        var remedy: String
        var code: Int32
    }

    @Test(
        "one broken thing of RunPod's is named with its remedy, and the exit code is that of the table",
        arguments: [
            Broken(
                path: "/health", answer: .init(status: 401, body: #"{"error":"invalid key"}"#), check: "runpod.key",
                word: "invalid key", remedy: "make a new key", code: 3),
            Broken(
                path: "/health", answer: .init(status: 404, body: #"{"error":"endpoint not found"}"#), check: "runpod.endpoint",
                word: "abc123", remedy: "MODEL_TRAINING_RUNPOD_ENDPOINT_ID", code: 3),
            Broken(
                path: "/health", answer: .init(body: noWorkers), check: "runpod.workers", word: "no worker",
                remedy: "raise max workers", code: 0),
        ])
    func runPod(broken: Broken) async throws {
        try await ProgramUnderTest.inFolder { program in
            let project = try project(program)
            _ = try await FakeServer.with({ $0.hasSuffix(broken.path) ? broken.answer : nil }) { server in
                let run = try await program.run(["doctor", "--json", "--project", project], environment: Self.set(server))
                #expect(run.code == broken.code, "\(run.errors)")
                // There is no way from outside in a test; that is the only other thing.
                let found = try objections(run).filter { $0["check"] != "webhook" }
                #expect(found.map { $0["check"]?.string } == [broken.check], "\(run.output)")
                #expect(found.first?["detail"]?.string?.contains(broken.word) == true)
                #expect(found.first?["remedy"]?.string?.contains(broken.remedy) == true)
            }
        }
    }

    private static func set(_ server: FakeServer, _ more: [String: String] = [:]) -> [String: String] {
        [
            "RUNPOD_API_KEY": "marked-secret-key", "MODEL_TRAINING_RUNPOD_ENDPOINT_ID": "abc123",
            "RUNPOD_API_BASE": server.base + "/v2", "NGROK_API": server.base,
        ].merging(more) { $1 }
    }

    @Test("a tunnel that is down and a tunnel to another port are told apart, and are the only thing found")
    func tunnels() async throws {
        try await ProgramUnderTest.inFolder { program in
            let project = try project(program)
            let healthy = FakeServer.Answer(body: Self.health)
            _ = try await FakeServer.with({ path in
                path.hasSuffix("/health") ? healthy : path.hasSuffix("/tunnels") ? .init(body: Self.otherTunnel) : nil
            }) { server in
                let other = try await program.run(["doctor", "--json", "--project", project], environment: Self.set(server))
                let found = try objections(other)
                #expect(found.map { $0["check"] } == ["webhook"], "\(other.output)")
                #expect(found.first?["detail"]?.string?.contains("no tunnel to port") == true)
                #expect(found.first?["detail"]?.string?.contains("ngrok http") == true)
                let down = try await program.run(
                    ["doctor", "--json", "--project", project], environment: Self.set(server, ["NGROK_API": "http://127.0.0.1:9"])
                )
                #expect(try objections(down).first?["detail"]?.string?.contains("no ngrok agent answers") == true)
                let elsewhere = try await program.run(
                    ["doctor", "--json", "--project", project],
                    environment: Self.set(server, ["ACTOR_TRAINER_PUBLIC_URL": server.base]))
                #expect(try objections(elsewhere).map { $0["check"] } == ["webhook"])
            }
        }
    }

    @Test("a node that is missing in the template is named, by doctor and by train, which submits nothing")
    func template() async throws {
        try await ProgramUnderTest.inFolder { program in
            let project = try project(program)
            let file = URL(filePath: project + "/workflows/lora_training_workflow_headless.json")
            var json = try JSONValue(parsing: try Data(contentsOf: file))
            json["40"] = nil
            let other = program.folder.appending(path: "template.json")
            try Data(json.text().utf8).write(to: other)
            let environment = ["ACTOR_TRAINER_WORKFLOW": other.path]
            let run = try await program.run(["doctor", "--demo", "--json"], environment: environment)
            #expect(run.code == 3)
            let found = try objections(run)
            #expect(found.map { $0["check"] } == ["workflow.node"])
            #expect(found.first?["detail"]?.string?.contains("FluxTrainLoop") == true)
            let train = try await program.run(["train", "3", "--demo", "--yes"], environment: environment)
            #expect(train.code == 3, "\(train.output)")
            #expect(train.errors.contains("FluxTrainLoop"))
            #expect(try await program("jobs", "--all", "--json", "--demo").output.isEmpty)
        }
    }

    @Test("each value comes with its origin and no secret comes at all; a file that others may read is a warning")
    func origins() async throws {
        try await ProgramUnderTest.inFolder { program in
            let project = try project(program)
            let file = project + "/.env"
            try Data("NGROK_AUTHTOKEN=marked-token\nAWS_REGION=eu-central-1\n".utf8).write(to: URL(filePath: file))
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
            let open = try await program.run(
                ["doctor", "--project", project],
                environment: ["RUNPOD_API_KEY": "marked-key", "RUNPOD_API_BASE": "http://127.0.0.1:9/v2"])
            let text = open.output.joined(separator: "\n")
            #expect(text.contains("AWS_REGION is eu-central-1, from ") && text.contains("/project/.env"))
            #expect(text.contains("NGROK_AUTHTOKEN is set, from "))
            #expect(text.contains("RUNPOD_API_KEY is set, from environment"))
            #expect(text.contains("chmod 600"))
            #expect(!(text + open.errors).contains("marked-"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
            let closed = try await program("doctor", "--project", project)
            #expect(!closed.output.joined().contains("chmod 600"))
        }
    }

    @Test("one image that is missing on S3 is named, by doctor and by train, which submits nothing")
    func missingImage() async throws {
        try await ProgramUnderTest.inFolder { program in
            let manifest = try Data(contentsOf: Self.demoFile("data/actor_manifests/0003_manifest.json"))
            let entry = try #require(try JSONValue(parsing: manifest)["training_data"]?[0])
            let address = try #require(entry["s3_url"]?.string.flatMap { URL(string: $0) })
            let bucket = try #require(address.host()?.split(separator: ".").first)
            let mark = program.demo.appending(path: "simulator/images/\(bucket)\(address.path).missing")
            try FileManager.default.createDirectory(at: mark.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: mark)
            let run = try await program("doctor", "3", "--demo", "--json")
            #expect(run.code == 3)
            let found = try objections(run)
            #expect(found.map { $0["check"] } == ["images.missing"], "\(run.output)")
            #expect(found.first?["detail"]?.string?.contains(address.lastPathComponent) == true)
            let train = try await program("train", "3", "--demo", "--yes")
            #expect(train.code == 3 && train.errors.contains(address.lastPathComponent), "\(train.errors)")
            #expect(try await program("jobs", "--all", "--json", "--demo").output.isEmpty)
        }
    }

    private static func demoFile(_ path: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../assets/demo-project/\(path)")
            .standardizedFileURL
    }

    @Test("an actor in the way of its own training is told with the reason")
    func actors() async throws {
        try await ProgramUnderTest.inFolder { program in
            let run = try await program("doctor", "99", "--demo", "--json")
            #expect(run.code == 3)
            #expect(try objections(run).map { $0["detail"] } == ["there is no actor 99"])
            let trained = try await program("train", "3", "--demo", "--time-scale", "600", "--yes")
            #expect(trained.code == 0, "\(trained.errors)")
            let again = try await program("doctor", "3", "--demo", "--json")
            #expect(again.code == 4, "\(again.output)")
            let found = try objections(again)
            #expect(found.map { $0["check"] } == ["actor.model", "repeated"])
            #expect(found.last?["detail"]?.string?.contains("exactly these 15 images") == true)
            #expect(found.last?["detail"]?.string?.contains("it is V1") == true)
        }
    }

    @Test("beside a dashboard that has the trainings it looks at everything else")
    func besideDashboard() async throws {
        try await ProgramUnderTest.inFolder { program in
            try await program.dashboard("--demo") { screen in
                try await screen.wait(for: "15 of 40 eligible")
                let run = try await program("doctor", "--demo", "--json")
                #expect(run.code == 0, "\(run.errors)")
                let state = try run.json().first { $0["check"] == "state-folder" }
                #expect(state?["detail"]?.string?.contains("dashboard") == true)
                try await screen.type("q")
                try await screen.waitForEnd()
            }
        }
    }
}
