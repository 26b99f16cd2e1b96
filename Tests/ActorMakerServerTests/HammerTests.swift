import ActorMakerTestSupport
import Foundation
import JSONText
import Testing
import Training
import TrainingPorts
import WaitingTestSupport

@testable import ActorMakerServer

@Suite("Beside another writer")
struct HammerTests {
    /// A page that knows nothing of us: reads, adds what it misses of its own, and rewrites the file in place, emptying it first.
    private func rewrite(_ path: String, adding ids: [String]) throws {
        guard let data = FileManager.default.contents(atPath: path), var json = try? JSONValue(parsing: data),
            var versions = json["versions"]?.array
        else { return }
        let missing = ids.filter { id in !versions.contains { $0["id"]?.string == id } }
        guard !missing.isEmpty else { return }
        versions = missing.map { ["id": .string($0), "name": "theirs", "status": "failed"] } + versions
        json["versions"] = .array(versions)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        let text = Data(json.text(indent: 2).utf8)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: text.prefix(text.count / 2))
        try handle.write(contentsOf: text.dropFirst(text.count / 2))
        try handle.close()
    }

    @Test("a writer that empties and rewrites the file loses nothing of ours in the end, and we nothing of its")
    func hammer() async throws {
        let project = try InventedProject()
        let path = "\(project.path)/data/actors/0001_anna/training_versions.json"
        try project.write("{\n  \"versions\": []\n}", to: "data/actors/0001_anna/training_versions.json")
        let folder = try ProjectFolder(path: project.path, now: { Samples.time })
        let theirs = (0..<20).map { "theirs-\($0)" }
        let ours = (0..<20).map { "ours-\($0)" }
        try await withThrowingTaskGroup(of: Void.self) { group in
            // It writes each time while our next one is on its way, neither ahead of us nor after all.
            let (turns, turn) = AsyncStream.makeStream(of: Int.self)
            group.addTask {
                for await number in turns { try rewrite(path, adding: Array(theirs.prefix(number))) }
            }
            group.addTask {
                defer { turn.finish() }
                for (number, id) in ours.enumerated() {
                    turn.yield(number + 1)
                    try await folder.save(Samples.entry(id, version: number + 1), of: ActorID(1))
                }
            }
            group.addTask {
                for _ in 0..<40 {
                    let cast = try await folder.cast()
                    #expect(cast.actors.first?.fault == nil)
                }
            }
            try await group.waitForAll()
        }
        let raced = try await folder.versions(of: ActorID(1)).map(\.id)
        #expect(Set(raced).count == raced.count, "\(raced)")
        // Its last write is of an old copy without anything of ours. Then we look again, as `run()` does.
        try project.write("{\n  \"versions\": []\n}", to: "data/actors/0001_anna/training_versions.json")
        try rewrite(path, adding: theirs)
        await folder.putRight(ActorID(1))
        let ids = try await folder.versions(of: ActorID(1)).map(\.id)
        #expect(Set(ids) == Set(ours + theirs))
        #expect(ids.count == 40)
        #expect(project.files(under: "data/actors") == ["0001_anna", "0001_anna/training_versions.json"])
    }

    @Test("what a stale copy has taken away is put right while the folder runs")
    func putRight() async throws {
        let project = try InventedProject()
        let file = "data/actors/0001_anna/training_versions.json"
        try project.write(InventedProject.manifest(id: 1, models: []), to: InventedProject.manifestName(1))
        try project.write(#"{"versions": []}"#, to: file)
        let folder = try ProjectFolder(path: project.path, now: { Samples.time }, clock: InstantClock())
        try await folder.save(Samples.entry("ours"), of: ActorID(1))
        _ = try await folder.record(Samples.model(actor: 1, version: 1), of: ActorID(1))
        try project.write(#"{"versions": [{"id":"theirs","name":"V9","status":"failed"}]}"#, to: file)
        try project.write(InventedProject.manifest(id: 1, models: []), to: InventedProject.manifestName(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await folder.run() }
            try await eventually("both files are put right") {
                guard try project.text(file).contains("\"ours\"") else { return false }
                return try project.text(InventedProject.manifestName(1)).contains("V1")
            }
            group.cancelAll()
        }
        #expect(try await folder.versions(of: ActorID(1)).map(\.id) == ["ours", "theirs"])
    }
}
