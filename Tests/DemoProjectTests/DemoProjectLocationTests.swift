import Foundation
import Testing

@testable import DemoProject

@Suite("Where the bundled project is")
struct DemoProjectLocationTests {
    @Test("it is found beside the program that runs")
    func found() throws {
        let location = try DemoProject.location()
        #expect(FileManager.default.fileExists(atPath: location + "/workflows/lora_training_workflow_headless.json"))
    }

    @Test(
        "each layout of a program and its resources is known",
        arguments: ["bin/actor-trainer_DemoProject.resources", "bin/actor-trainer_DemoProject.bundle", "share/actor-trainer"]
    )
    func layouts(of place: String) throws {
        try withTemporaryFolder { folder in
            let data = folder.appending(path: "\(place)/demo-project/data")
            try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(at: folder.appending(path: "bin"), withIntermediateDirectories: true)
            try Data("[]".utf8).write(to: data.appending(path: "actorsData.json"))

            let found = try DemoProject.location(beside: [folder.appending(path: "bin").path])

            #expect(found == data.deletingLastPathComponent().path)
        }
    }

    @Test("a program moved without its resources says so instead of ending")
    func missing() throws {
        try withTemporaryFolder { folder in
            let error = try #require(throws: DemoProjectError.self) { try DemoProject.location(beside: [folder.path]) }
            #expect(error.code == .missing)
            #expect(error.message.contains(folder.path))
        }
    }
}
