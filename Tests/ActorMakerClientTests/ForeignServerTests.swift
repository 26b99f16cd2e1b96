import ActorMakerTestSupport
import JSONText
import Synchronization
import Testing
import Training
import TrainingPorts

@testable import ActorMakerClient

/// How the client bears a server that is not ours, or not well.
@Suite("A server of somebody else")
struct ForeignServerTests {
    private let versionsCall = "GET /api/actors/1/training-versions"

    @Test(
        "what is no Actor Maker server is told so, with its address",
        arguments: [ForeignServer.Reply.page, .json(["hello": 1]), .json([["title": "a post"]]), .page404])
    func noActorMaker(reply: ForeignServer.Reply) async throws {
        try await ForeignServer { _, _ in reply }.calling { connection async throws in
            let error = await #expect(throws: PortError.self) { try await ActorMakerClient(connection: connection).cast() }
            #expect(error?.code == .invalidAnswer)
            #expect(error?.message.contains(connection.base) == true)
            #expect(error?.message.contains("Actor Maker server") == true)
        }
    }

    @Test("a redirect is not followed")
    func redirect() async throws {
        let server = ForeignServer { _, _ in .init(status: 302, text: "", headers: [("Location", "/elsewhere")]) }
        try await server.calling { connection async throws in
            await #expect(throws: PortError.self) { try await ActorMakerClient(connection: connection).cast() }
        }
        #expect(server.asked == ["GET /api/actors"])
    }

    @Test(
        "where nobody answers, one sentence names the address and what to do",
        arguments: ["http://127.0.0.1:9", "http://localhost:9/"])
    func dead(base: String) async throws {
        let connection = try ServerConnection(base: base, clock: InstantClock())
        let error = await #expect(throws: PortError.self) { try await ActorMakerClient(connection: connection).cast() }
        await connection.shutdown()
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("Nobody answers at \(connection.base)") == true)
        #expect(error?.message.contains("--server") == true)
    }

    @Test(
        "what is no address is refused", arguments: ["localhost:5173", "ftp://x", "http://", "", "http://u:p@x", "http://x/?q"])
    func addresses(base: String) {
        #expect(throws: PortError.self) { try ServerConnection(base: base) }
    }

    @Test("a reading is tried three times, a write once")
    func retries() async throws {
        let failures = Mutex(0)
        let server = ForeignServer { call, _ in
            if call.hasPrefix("POST") { return .json(["error": "busy"], status: 503) }
            return failures.withLock {
                $0 += 1; return $0
            } < 3 ? .json(["error": "busy"], status: 503) : .json(["versions": []])
        }
        try await server.calling { connection async throws in
            let client = ActorMakerClient(connection: connection)
            #expect(try await client.versions(of: ActorID(1)).isEmpty)
            await #expect(throws: PortError.self) { try await client.markOnce() }
        }
        #expect(server.asked.count { $0.hasPrefix("GET") } == 3)
        #expect(server.asked.count { $0.hasPrefix("POST") } == 1)
    }

    @Test("counts come from the actor's own call where the list has none, and versions only for approved ones")
    func deployedList() async throws {
        let server = ForeignServer { call, _ in
            switch call {
            case "GET /api/actors":
                .json([
                    [
                        "id": 1, "name": "a", "training_data_good": true, "custom_models_good": false,
                        "custom_lora_models": [["version": "V1", "good": true]],
                    ],
                    ["id": 2, "name": "b", "training_data": ["count": 9, "synced": true], "training_data_good": true],
                    ["id": 3, "name": "c", "training_data": ["count": 7, "synced": false]], ["id": 4, "name": "d"], "odd",
                ])
            case "GET /api/actors/1/training-data":
                .json(["actor_name": "a", "training_images": [["filename": "x", "s3_url": "https://x", "status": "synced"]]])
            case "GET /api/actors/2/training-data":
                .json(["actor_name": "b", "training_images": [["filename": "x", "s3_url": "https://x"]]])
            case "GET /api/actors/4/training-data": .json(["error": "Actor not found"], status: 404)
            default: .json(["versions": [["id": "j", "name": "V2", "status": "pending"]]])
            }
        }
        try await server.calling { connection async throws in
            let cast = try await ActorMakerClient(connection: connection).cast()
            #expect(cast.actors.map(\.images.onS3) == [1, 1, 7, 0])
            #expect(cast.actors.map(\.images.recorded) == [1, 9, 7, 0])
            #expect(cast.actors.map(\.images.isSynced) == [true, true, false, true])
            #expect(cast.actors[0].goodModel?.versionName == "V1")
            #expect(cast.actors.map(\.versions.count) == [1, 1, 0, 0])
            #expect(cast.actors.allSatisfy { $0.fault == nil })
            #expect(cast.notes == ["entry 5 of /api/actors has no id and was skipped"])
        }
        #expect(
            server.asked.sorted() == [
                "GET /api/actors", "GET /api/actors/1/training-data", "GET /api/actors/1/training-versions",
                "GET /api/actors/2/training-data", "GET /api/actors/2/training-versions", "GET /api/actors/4/training-data",
            ])
    }

    @Test("one actor's fault is that actor's alone")
    func oneFault() async throws {
        let server = ForeignServer { call, _ in
            switch call {
            case "GET /api/actors": .json([["id": 1, "name": "a"], ["id": 2, "name": "b"]])
            case "GET /api/actors/1/training-data": .json(["error": "Failed", "details": "cut"], status: 500)
            default: .json(["training_images": []])
            }
        }
        try await server.calling { connection async throws in
            let cast = try await ActorMakerClient(connection: connection).cast()
            #expect(cast.actors.map(\.fault) == ["Failed: cut", nil])
        }
    }

    @Test("what another adds between reading and writing is not lost")
    func between() async throws {
        let list = Mutex<[JSONValue]>([])
        let gets = Mutex(0)
        let server = ForeignServer { call, body in
            if call.hasPrefix("POST") {
                list.withLock { $0 = body?["versions"]?.array ?? [] }
                return .json(["success": true])
            }
            let count = gets.withLock {
                $0 += 1; return $0
            }
            // The page writes after our first reading.
            if count == 2 { list.withLock { $0.insert(["id": "theirs"], at: 0) } }
            return .json(["versions": .array(list.withLock { $0 })])
        }
        try await server.calling { connection async throws in
            try await ActorMakerClient(connection: connection).save(Samples.entry("ours"), of: ActorID(1))
        }
        #expect(list.withLock { $0.map { $0["id"] } } == ["ours", "theirs"])
        #expect(server.asked.count { $0.hasPrefix("POST") } == 1)
    }

    @Test("what changes each time is told as a conflict, and nothing is written")
    func conflict() async throws {
        let gets = Mutex(0)
        let server = ForeignServer { _, _ in
            .json(["versions": [["id": .string("theirs-\(gets.withLock { $0 += 1; return $0 })")]]])
        }
        try await server.calling { connection async throws in
            let error = await #expect(throws: PortError.self) {
                try await ActorMakerClient(connection: connection).save(Samples.entry("ours"), of: ActorID(1))
            }
            #expect(error?.code == .conflict)
        }
        #expect(!server.asked.contains { $0.hasPrefix("POST") })
        #expect(gets.withLock { $0 } == 10)
    }

    @Test("a save whose answer is lost is found by reading again", arguments: [true, false])
    func lostAnswer(wasWritten: Bool) async throws {
        let list = Mutex<[JSONValue]>([])
        let posts = Mutex(0)
        let server = ForeignServer { call, body in
            guard call.hasPrefix("POST") else { return .json(["versions": .array(list.withLock { $0 })]) }
            let count = posts.withLock {
                $0 += 1; return $0
            }
            if wasWritten || count > 1 { list.withLock { $0 = body?["versions"]?.array ?? [] } }
            return count == 1 ? .json(["error": "timeout"], status: 500) : .json(["success": true])
        }
        try await server.calling { connection async throws in
            try await ActorMakerClient(connection: connection).save(Samples.entry("ours"), of: ActorID(1))
        }
        #expect(list.withLock { $0.map { $0["id"] } } == ["ours"])
        #expect(posts.withLock { $0 } == (wasWritten ? 1 : 2))
    }

    @Test(
        "the deployed server cannot record a model, whatever it answers to the question",
        arguments: [ForeignServer.Reply.page, .page404])
    func notSupported(reply: ForeignServer.Reply) async throws {
        let server = ForeignServer { _, _ in reply }
        try await server.calling { connection async throws in
            let result = try await ActorMakerClient(connection: connection).record(
                Samples.model(actor: 1, version: 1), of: ActorID(1))
            #expect(result == .notSupported)
        }
        #expect(!server.asked.contains { $0.hasPrefix("POST") })
    }

    @Test("a verdict is turned only where it differs, and never twice", arguments: [(true, 0), (false, 1)])
    func verdict(good: Bool, turns: Int) async throws {
        let standing = Mutex(true)
        let server = ForeignServer { call, _ in
            if call.hasPrefix("POST") { standing.withLock { $0.toggle() } }
            let model: JSONValue = ["version": "V7", "good": .bool(standing.withLock { $0 })]
            // The answer to the turning is lost.
            return call.hasPrefix("POST")
                ? .json(["error": "x"], status: 500) : .json([["id": 1, "name": "a", "custom_lora_models": [model]]])
        }
        try await server.calling { connection async throws in
            try await ActorMakerClient(connection: connection).mark(VersionNumber(7), of: ActorID(1), good: good)
        }
        #expect(standing.withLock { $0 } == good)
        #expect(server.asked.count { $0.hasPrefix("POST") } == turns)
    }
}

extension ForeignServer.Reply {
    static let page404 = ForeignServer.Reply(status: 404, text: "<html>Not found</html>")
}

extension ActorMakerClient {
    /// A write that the server refuses.
    fileprivate func markOnce() async throws(PortError) { _ = try await ServerTunnel(connection: connection).start() }
}
