import ActorMakerTestSupport
import JSONText
import Testing
import TrainingPorts

@testable import ActorMakerServer

@Suite("Who is answered")
struct LocalCallersTests {
    @Test(
        "only names of this machine are",
        arguments: [
            ("localhost", true), ("localhost:5173", true), ("127.0.0.1:80", true), ("[::1]:5173", true), ("[::1]", true),
            ("LOCALHOST:1", true), ("evil.example", false), ("evil.example:5173", false), ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false), ("localhost:80@evil", false), ("", false), ("[::1", false), ("0.0.0.0", false),
        ] as [(String, Bool)])
    func hosts(host: String, isLocal: Bool) { #expect(LocalCallers.isLocal(host[...]) == isLocal) }

    @Test("a page whose name was made to mean this machine reads nothing")
    func rebinding() async throws {
        try await PageClient.calling(InventedProject()) { page, _ async throws in
            let answer = try await page.get("/api/actors", headers: ["Host": "evil.example"])
            #expect(answer.status == 403)
            #expect(answer.json["error"]?.string != nil)
        }
    }

    @Test("a page of another site writes nothing, one of this machine does")
    func origins() async throws {
        let project = try InventedProject()
        try await PageClient.calling(project) { page, _ async throws in
            for origin in ["https://evil.example", "null", "http://localhost.evil.example", "file://"] {
                #expect(try await page.post("/api/actors/1/mark-good", headers: ["Origin": origin]).status == 403)
            }
            #expect(try !project.text("data/actorsData.json").contains("good"))
            #expect(try await page.post("/api/actors/1/mark-good", headers: ["Origin": "http://localhost:5173"]).status == 200)
        }
    }

    @Test("an unknown path, a wrong method and too much are told in JSON")
    func faults() async throws {
        try await PageClient.calling(InventedProject()) { page, _ async throws in
            for (answer, status) in [
                (try await page.get("/api/nothing"), 404), (try await page.get("/"), 404),
                (try await page.post("/api/actors"), 404),
                (try await page.post("/api/training/start", .string(String(repeating: "x", count: 5 << 20))), 413),
                (try await page.post("/api/training/start", text: String(repeating: "[", count: 1000)), 400),
            ] {
                #expect(answer.status == status)
                #expect(answer.json["error"]?.string?.isEmpty == false)
            }
        }
    }

    @Test("a port that is taken is one clear sentence")
    func portTaken() async throws {
        let project = try InventedProject()
        let error = try await PageClient.calling(project) { page, folder async throws in
            await #expect(throws: PortError.self) { try await ActorMakerServer(folder: folder).run(port: page.port) }
        }
        #expect(error?.message.contains("port") == true)
        #expect(error?.message.contains("--port") == true)
    }
}
