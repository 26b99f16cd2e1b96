import DemoProject
import Foundation
import HTTPTestSupport
import RunPodSimulator
import Subprocess
import Testing
import TmuxHarness
import WaitingTestSupport

/// Whole runs with marked secrets; then everything that others could see is searched for the marks.
@Suite("Secrets", .timeLimit(.minutes(3)))
struct SecretsTests {
    static let secrets = [
        "RUNPOD_API_KEY": "marked-runpod-1f3a", "MODEL_TRAINING_RUNPOD_API_KEY": "marked-training-2b4c",
        "AWS_ACCESS_KEY": "marked-awskey-3c5d", "AWS_ACCESS_SECRET": "marked-awssecret-4d6e",
        "AWS_ACCESS_KEY_ID": "marked-awsid-5e7f",
        "AWS_SECRET_ACCESS_KEY": "marked-awsaccess-6f80", "AWS_SESSION_TOKEN": "marked-awssession-beb5",
        "NGROK_AUTHTOKEN": "marked-ngrok-7a91",
        // Nobody listens there: what is said of the failure is searched, too.
        "ACTOR_TRAINER_NTFY_URL": "http://127.0.0.1:9/marked-ntfy-8ba2", "ACTOR_TRAINER_NTFY_TOKEN": "marked-ntfytoken-9cb3",
        "ACTOR_TRAINER_NOTIFY_WEBHOOK_URL": "http://127.0.0.1:9/marked-hook-adc4",
    ]

    @Test("are in no screen, log, journal, process list or crash report of a run that goes well")
    func wholeRun() async throws {
        try await ProgramUnderTest.inFolder { program in
            let simulator = try await program.serviceOnItsOwn()
            var seen: [String] = []
            try await program.withProject { project in
                try project.prepare(base: simulator.address.base)
                try await project.markWebhookKey(program)
                try await program.dashboard("--project", project.path, "--log-level", "trace") {
                    screen in
                    try await screen.record(to: program.folder.appending(path: "terminal.bytes"))
                    seen += try await screen.wait(for: "15 of 40 eligible")
                    try await screen.type("t")
                    seen += try await screen.wait(for: "Start 1 training?")
                    try await screen.type("wy")
                    seen += try await screen.wait(for: "IN_PROGRESS")
                    try await screen.type("d")
                    seen += try await screen.screen()
                    seen += SecretsTests.processes()
                    try await screen.press("Escape")
                    _ = await SimulatorFinder.skip(simulator.address.url, seconds: 5000)
                    seen += try await screen.wait(for: "completed")
                    try await eventually("the failed notifications are logged") {
                        project.log(program).contains("ntfy failed") && project.log(program).contains("webhook failed")
                    }
                    seen += try await screen.screen()
                    try await screen.type("q")
                    try await screen.waitForEnd()
                    seen += try await screen.screen()
                }
                seen += try await program.run(["events", "--json", "--project", project.path])
                    .output
                seen += try await program.run(
                    ["jobs", "--json", "--all", "--project", project.path]
                ).output
                #expect(seen.contains { $0.contains("submission.accepted") })
                SecretsTests.search(seen, in: program)
            }
            _ = await SimulatorFinder.stop(simulator.address.url)
        }
    }

    @Test("are in no crash report of a run that is shot down")
    func crash() async throws {
        try await ProgramUnderTest.inFolder { program in
            let simulator = try await program.serviceOnItsOwn()
            try await program.withProject { project in
                try project.prepare(base: simulator.address.base)
                var seen: [String] = []
                try await program.dashboard("--project", project.path) { screen in
                    try await screen.record(to: program.folder.appending(path: "terminal.bytes"))
                    try await screen.wait(for: "15 of 40 eligible")
                    try await screen.type("t")
                    try await screen.wait(for: "Start 1 training?")
                    try await screen.type("wy")
                    try await screen.wait(for: "IN_PROGRESS")
                    let owner = try String(contentsOf: project.state(program).appending(path: "lock"), encoding: .utf8)
                    kill(try #require(Int32(owner.prefix { $0 != "\n" })), SIGSEGV)
                    try await screen.waitForEnd()
                    seen = try await screen.screen()
                }
                let crashes = program.folder.appending(path: "actor-trainer/crashes")
                let reports = try FileManager.default.contentsOfDirectory(at: crashes, includingPropertiesForKeys: nil)
                #expect(reports.count == 1)
                for report in reports {
                    let text = try String(contentsOf: report, encoding: .utf8)
                    #expect(text.contains("crashed") && text.contains("Backtrace took "), "there is a report to search: \(text)")
                }
                SecretsTests.search(seen, in: program)
            }
            _ = await SimulatorFinder.stop(simulator.address.url)
        }
    }

    /// Each service is given its own keys and no others.
    @Test(
        "are in nothing that is said or kept where a service repeats the keys that it was given",
        arguments: [
            ("/queue", 401, "marked-training-2b4c"), ("/management", 403, "marked-training-2b4c"),
            ("/graphql", 403, "marked-training-2b4c"), ("/s3/", 400, "marked-awskey-3c5d marked-awssession-beb5"),
        ])
    func repeated(path: String, status: Int, keys: String) async throws {
        let body =
            path == "/s3/"
            ? "<?xml version=\"1.0\"?><Error><Code>Odd</Code><Message>no entry for \(keys)</Message></Error>"
            : #"{"error":"no entry for \#(keys)"}"#
        var world = SoundWorld()
        world.environment = SecretsTests.secrets.mapValues { $0 }
        world.answers[path] = .init(status: status, body: body)
        try await world.inFolder { program, options, environment in
            let run = try await program.run(["doctor", "3", "--log-level", "trace"] + options, environment: environment)
            #expect(
                run.output.contains { $0.contains("no entry for •••") }, "the words are told, and the keys hidden: \(run.output)")
            SecretsTests.search(run.output + [run.errors], in: program, atLeast: 1)
        }
    }

    /// Everything on this machine's process list, as anybody may read it.
    private static func processes() -> [String] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.filter { Int($0) != nil } ?? []
        return numbers.compactMap { try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8) }.filter {
            !$0.contains("/env\0")
        }
    }

    private static func search(_ seen: [String], in program: ProgramUnderTest, atLeast least: Int = 6) {
        let marks = secrets.values.map { $0.split(separator: "/").last.map(String.init) ?? $0 } + [ProjectUnderTest.webhookKey]
        for mark in marks {
            for line in seen { #expect(!line.contains(mark), "on screen, in output or in the process list: \(line.prefix(200))") }
        }
        var count = 0
        let files = FileManager.default.enumerator(at: program.folder, includingPropertiesForKeys: [.isRegularFileKey])
        for case let file as URL in files ?? .init() {
            // The operator's own file, the key itself, and what RunPod was sent and keeps.
            guard ![".env", "webhook.key"].contains(file.lastPathComponent), !file.path.contains("/runpod/"),
                let bytes = try? Data(contentsOf: file)
            else { continue }
            count += 1
            for mark in marks { #expect(bytes.range(of: Data(mark.utf8)) == nil, "\(file.path)") }
            // The secret path of a webhook: a request id and 64 hexadecimal digits.
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.firstMatch(of: /\/hook\/actor_/) == nil, "\(file.path)")
        }
        #expect(count >= least, "there is something to search")
    }
}

/// A copy of the demo's project as somebody's own, with marked secrets in its `.env`.
struct ProjectUnderTest {
    let path: String
    static let webhookKey = "marked-webhook-key-of-32-bytes!!"

    /// Makes it; `program` is the one that will use it.
    func prepare(base: String) throws {
        let lines =
            SecretsTests.secrets.map { "\($0.key)=\($0.value)" } + [
                "RUNPOD_API_BASE=\(base)", "MODEL_TRAINING_RUNPOD_ENDPOINT_ID=ep", "ACTOR_TRAINER_NOTIFY_TERMINAL=9",
            ]
        let file = path + "/.env"
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    }

    /// A first look makes the state folder; the key that is in it then is the one that is used.
    func markWebhookKey(_ program: ProgramUnderTest) async throws {
        let jobs = try await program.run(["actors", "--project", path])
        guard jobs.code == 0 else { throw TmuxError(message: jobs.errors) }
        try Data(ProjectUnderTest.webhookKey.utf8).write(to: state(program).appending(path: "webhook.key"))
    }

    func state(_ program: ProgramUnderTest) -> URL {
        let folder = program.folder.appending(path: "actor-trainer")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return folder.appending(path: names.first { $0.hasPrefix("project-") } ?? "none")
    }

    func log(_ program: ProgramUnderTest) -> String {
        (try? String(contentsOf: state(program).appending(path: "actor-trainer.log"), encoding: .utf8)) ?? ""
    }
}

extension ProgramUnderTest {
    /// A simulator that nobody's dashboard has started: for the program it is RunPod.
    /// - Parameter place: its folder; that of the demo makes it the demo's.
    func serviceOnItsOwn(in place: URL? = nil, faults: String...) async throws -> SimulatorFinder.Found {
        let place = place ?? folder.appending(path: "runpod")
        let fault = faults.isEmpty ? "" : "--fault " + faults.joined(separator: " ")
        let script =
            "'\(ProgramUnderTest.path)' simulate --directory '\(place.path)' --time-scale 60 --exit-when-idle \(fault) >/dev/null 2>&1 &"
        _ = try await Subprocess.run(
            .name("sh"), arguments: ["-c", script], environment: .custom(["PATH": "/usr/bin:/bin", "HOME": folder.path]),
            output: .discarded, error: .discarded)
        return try await SimulatorFinder(stateDirectory: place).findStarted()
    }

    /// A project folder of somebody's own.
    func withProject(_ body: (ProjectUnderTest) async throws -> Void) async throws {
        let path = folder.appending(path: "somebody's project")
        try DemoProject.install(into: path.path, fresh: false)
        try await body(ProjectUnderTest(path: path.path))
    }
}
