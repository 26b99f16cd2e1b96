import Foundation
import HTTPTestSupport
import JSONText
import Testing

/// `doctor` of the built program in a world where one single thing is broken.
@Suite("doctor, with one thing broken", .timeLimit(.minutes(5)))
struct BrokenThingsTests {
    struct Broken: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var world: SoundWorld
        /// The only check that may object.
        var check: String
        var status = "fail"
        /// What its sentence names.
        var thing: String
        var remedy: String
        var code: Int32
        /// For `doctor` without an actor; false where it takes one to see it.
        var isGeneral = true

        init(
            _ name: String, _ check: String, _ status: String = "fail", names thing: String, remedy: String, code: Int32,
            isGeneral: Bool = true, _ change: (inout SoundWorld) -> Void
        ) {
            (testDescription, self.check, self.status, self.thing, self.remedy) = (name, check, status, thing, remedy)
            (self.code, self.isGeneral) = (code, isGeneral)
            world = SoundWorld()
            change(&world)
        }
    }

    private static let refused = FakeServer.Answer(status: 401, body: #"{"error":"invalid key"}"#)

    static let table: [Broken] = [
        Broken("a wrong key", "runpod.key", names: "invalid key", remedy: "make a new key", code: 3) {
            for path in ["/queue", "/management", "/graphql"] { $0.answers[path] = refused }
        },
        Broken("no key", "runpod.key", names: "RUNPOD_API_KEY is not set", remedy: "put RUNPOD_API_KEY=", code: 3) {
            $0.environment["RUNPOD_API_KEY"] = .some(nil)
        },
        Broken(
            "an endpoint that there is not", "runpod.endpoint", names: "abc123", remedy: "MODEL_TRAINING_RUNPOD_ENDPOINT_ID",
            code: 3
        ) {
            for path in ["/queue", "/management"] {
                $0.answers[path] = .init(status: 404, body: #"{"error":"endpoint not found"}"#)
            }
        },
        Broken("an endpoint at zero workers", "runpod.workers", names: "max workers is 0", remedy: "raise max workers", code: 3) {
            $0.answers["/management"] = SoundWorld.endpoint(most: 0)
            $0.answers["/queue"] = .init(body: SoundWorld.health(workers: 0))
        },
        Broken(
            "a timeout of ten minutes", "runpod.timeout", "warn", names: "execution timeout is 10 minutes", remedy: "set it to",
            code: 0
        ) { $0.answers["/management"] = SoundWorld.endpoint(timeout: 600_000) },
        Broken("too little money", "runpod.balance", names: "$0.10", remedy: "add funds", code: 4) {
            $0.answers["/graphql"] = SoundWorld.account(balance: 0.1)
        },
        Broken("a tunnel that is down", "webhook", "warn", names: "no ngrok agent answers", remedy: "start the tunnel", code: 0) {
            $0.environment["ACTOR_TRAINER_PUBLIC_URL"] = .some(nil)
            $0.environment["NGROK_API"] = "http://127.0.0.1:9"
        },
        Broken("a tunnel to another port", "webhook", "warn", names: "has no tunnel to port", remedy: "start the tunnel", code: 0)
        {
            $0.environment["ACTOR_TRAINER_PUBLIC_URL"] = .some(nil)
            $0.answers["/api/"] = SoundWorld.tunnel(to: 5173)
        },
        Broken(
            "a public address that leads elsewhere", "webhook", "warn", names: "not our webhook", remedy: "start the tunnel",
            code: 0
        ) {
            $0.answers["/nonce"] = .init(body: "hello")
            $0.leadsElsewhere = true
        },
        Broken("a bucket that is forbidden", "s3.access", names: SoundWorld.images, remedy: "allow s3:GetObject", code: 3) {
            $0.answers["/s3/\(SoundWorld.images)"] = SoundWorld.s3Error(403, "AccessDenied")
        },
        Broken(
            "a bucket that may not be listed", "s3.list", "warn", names: SoundWorld.images, remedy: "allow s3:ListBucket", code: 0
        ) {
            $0.answers["/s3/\(SoundWorld.images)?"] = SoundWorld.s3Error(403, "AccessDenied")
        },
        Broken("a wrong S3 key", "s3.key", names: "does not know this access key", remedy: "AWS_ACCESS_SECRET", code: 3) {
            $0.answers["/s3/"] = SoundWorld.s3Error(403, "InvalidAccessKeyId")
        },
        Broken("an S3 server that is not there", "s3.reach", names: "127.0.0.1:9", remedy: "AWS_ENDPOINT_URL_S3", code: 3) {
            $0.environment["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:9"
        },
        Broken(
            "one image missing", "images.missing", names: "0003_andean_52_female_4.png", remedy: "upload again", code: 3,
            isGeneral: false
        ) { $0.answers["/s3/\(SoundWorld.images)/\(SoundWorld.image)"] = SoundWorld.s3Error(404, "NoSuchKey") },
        Broken(
            "a node missing in the template", "workflow.node", names: "FluxTrainLoop",
            remedy: "add a node of class FluxTrainLoop", code: 3
        ) {
            let file = SoundWorld.project.appending(path: "workflows/lora_training_workflow_headless.json")
            var json = (try? Data(contentsOf: file)).flatMap { try? JSONValue(parsing: $0) } ?? .null
            json["40"] = nil
            $0.template = json
        },
    ]

    @Test("a world in which nothing is broken is sound, looked at in full and told without a remedy")
    func sound() async throws {
        let run = try await SoundWorld().doctor("3", "--json")
        #expect(run.code == 0, "\(run.output) \(run.errors)")
        #expect(try run.objections().isEmpty, "\(run.output)")
        let well = try run.json().filter { $0["status"] == "ok" }.compactMap { $0["check"]?.string }
        for check in ["runpod.key", "runpod.workers", "runpod.timeout", "runpod.balance", "s3", "webhook", "workflow", "images"] {
            #expect(well.contains(check), "\(check)")
        }
    }

    @Test("exactly that thing is named, with its remedy and the documented exit code", arguments: table)
    func one(broken: Broken) async throws {
        try await examineJSON(broken, ["3"])
        try await examineWords(broken, ["3"])
        if broken.isGeneral { try await examineJSON(broken, []) }
    }

    private func examineJSON(_ broken: Broken, _ actors: [String]) async throws {
        let run = try await broken.world.doctor(actors + ["--json"])
        let found = try run.objections()
        #expect(found.map { $0["check"]?.string } == [broken.check], "\(run.output) \(run.errors)")
        let detail = found.first?["detail"]?.string ?? ""
        let remedy = found.first?["remedy"]?.string ?? ""
        #expect(found.first?["status"]?.string == broken.status)
        #expect(detail.contains(broken.thing), "\(detail)")
        #expect(remedy.contains(broken.remedy), "\(remedy)")
        #expect(run.code == broken.code)
    }

    /// For people: one line with the same words, and the remedy below it.
    private func examineWords(_ broken: Broken, _ actors: [String]) async throws {
        let words = try await broken.world.doctor(actors)
        let marked = words.output.indices.filter { ["✗ ", "! "].contains(String(words.output[$0].prefix(2))) }
        #expect(marked.count == 1, "\(words.output)")
        if let line = marked.first {
            #expect(words.output[line].hasPrefix("\(broken.status == "fail" ? "✗" : "!") \(broken.check): "))
            #expect(words.output[line].contains(broken.thing))
            #expect(words.output[line + 1].hasPrefix("    → ") && words.output[line + 1].contains(broken.remedy))
        }
        #expect(
            words.output.last?.hasPrefix(broken.status == "fail" ? "1 to mend, 0 to look at" : "0 to mend, 1 to look at") == true)
        #expect(words.code == broken.code)
    }

    @Test(
        "captions beside the images are counted: all, some or none of them",
        arguments: [
            (0, "no image has a caption", 0), (4, "4 of 15 images have a caption", 1),
            (15, "each of the 15 images has a caption", 0),
        ])
    func captions(count: Int, words: String, warnings: Int) async throws {
        let folder = "system_actors/training_data/0003_andean_52_female/"
        let keys = (0..<count).map { "\(folder)0003_andean_52_female_\($0).txt" } + ["\(folder)notes.txt"]
        let entries = keys.map { "<Contents><Key>\($0)</Key><Size>9</Size></Contents>" }.joined()
        var world = SoundWorld()
        world.answers["/s3/\(SoundWorld.images)?"] = .init(
            body: "<ListBucketResult><IsTruncated>false</IsTruncated>\(entries)</ListBucketResult>")
        try await expect(try await world.doctor("3", "--json"))
        // The same of a simulation's files.
        try await ProgramUnderTest.inFolder { program in
            for key in keys {
                let file = program.demo.appending(path: "simulator/images/\(SoundWorld.images)/\(key)")
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("a caption".utf8).write(to: file)
            }
            try await expect(try await program("doctor", "3", "--demo", "--json"))
        }
        func expect(_ run: ProgramUnderTest.Outcome) async throws {
            let found = try run.json().filter { $0["check"] == "images.captions" }
            #expect(found.count == 1 && found.first?["detail"]?.string?.contains(words) == true, "\(run.output)")
            #expect(try run.objections().count == warnings && run.code == 0, "\(run.output)")
        }
    }

    @Test(
        "a simulator that plays one thing broken is told from a sound one, and nothing else is",
        arguments: [
            ("key-refused", "runpod.key", 3), ("no-workers", "runpod.workers", 3), ("short-timeout", "runpod.timeout", 0),
            ("low-balance", "runpod.balance", 4), ("bucket-forbidden", "s3.access", 3),
        ])
    func simulated(fault: String, check: String, code: Int32) async throws {
        try await ProgramUnderTest.inFolder { program in
            _ = try await program.serviceOnItsOwn(in: program.demo.appending(path: "simulator"), faults: fault)
            for actors in [[], ["3"]] {
                let run = try await program.run(["doctor", "--demo", "--json"] + actors)
                #expect(Set(try run.objections().compactMap { $0["check"]?.string }) == [check], "\(run.output)")
                #expect(run.code == code)
            }
            guard code != 0 else { return }
            let train = try await program("train", "3", "--demo", "--yes")
            #expect(train.code == code, "\(train.errors)")
            #expect(try await program("jobs", "--all", "--json", "--demo").output.isEmpty, "nothing was submitted")
        }
    }
}

extension ProgramUnderTest.Outcome {
    /// The checks that want something done.
    func objections() throws -> [JSONValue] { try json().filter { ["warn", "fail"].contains($0["status"]?.string) } }
}
