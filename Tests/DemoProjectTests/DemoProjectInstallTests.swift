import Foundation
import Testing

@testable import DemoProject

@Suite("Installing the demo project")
struct DemoProjectInstallTests {
    @Test("a first install makes the whole project, in parents that were not there, and leaves nothing beside it")
    func first() throws {
        try withTemporaryFolder { folder in
            let place = folder.appending(path: "state/demo/project")

            #expect(try DemoProject.install(into: place.path, fresh: false) == .installed)

            let bundled = try paths(under: URL(filePath: DemoProject.location()))
            #expect(bundled.count > 80)
            #expect(try paths(under: place) == bundled.union([DemoProject.marker]))
            #expect(try FileManager.default.contentsOfDirectory(atPath: place.deletingLastPathComponent().path) == ["project"])
        }
    }

    @Test("a second install keeps what was changed")
    func second() throws {
        try withTemporaryFolder { folder in
            let place = folder.appending(path: "project")
            let actors = place.appending(path: "data/actorsData.json")
            try DemoProject.install(into: place.path, fresh: false)
            try Data("[]".utf8).write(to: actors)

            #expect(try DemoProject.install(into: place.path, fresh: false) == .kept)

            #expect(try Data(contentsOf: actors) == Data("[]".utf8))
        }
    }

    @Test("a fresh install replaces the demo project that is there, whatever was changed or added")
    func fresh() throws {
        try withTemporaryFolder { folder in
            let place = folder.appending(path: "project")
            try DemoProject.install(into: place.path, fresh: false)
            let untouched = try paths(under: place)
            try Data("[]".utf8).write(to: place.appending(path: "data/actorsData.json"))
            try Data("x".utf8).write(to: place.appending(path: "data/added"))

            #expect(try DemoProject.install(into: place.path, fresh: true) == .replaced)

            #expect(try paths(under: place) == untouched)
            #expect(try Data(contentsOf: place.appending(path: "data/actorsData.json")).count > 1000)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["project"])
        }
    }

    @Test("what an interrupted install left beside the place does not stop the next one", arguments: [false, true])
    func interrupted(fresh: Bool) throws {
        try withTemporaryFolder { folder in
            for role in ["incoming", "outgoing"] {
                let left = folder.appending(path: ".project.\(role)/data")
                try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
            }
            let place = folder.appending(path: "project")

            #expect(try DemoProject.install(into: place.path, fresh: fresh) == .installed)

            #expect(try paths(under: place).contains("data/actorsData.json"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["project"])
        }
    }

    @Test("an empty folder is filled")
    func empty() throws {
        try withTemporaryFolder { folder in
            let done = try DemoProject.install(into: folder.path, fresh: false)

            #expect(done == .installed)
            #expect(try paths(under: folder).contains("data/actorsData.json"))
        }
    }

    @Test("a folder that holds something else is refused and left alone, fresh or not", arguments: [false, true])
    func foreign(fresh: Bool) throws {
        try withTemporaryFolder { folder in
            let place = folder.appending(path: "project")
            try FileManager.default.createDirectory(at: place.appending(path: "data"), withIntermediateDirectories: true)
            try Data("[]".utf8).write(to: place.appending(path: "data/actorsData.json"))
            let before = try paths(under: folder)

            let error = try #require(throws: DemoProjectError.self) { try DemoProject.install(into: place.path, fresh: fresh) }

            #expect(error.code == .foreign)
            #expect(try paths(under: folder) == before)
        }
    }

    @Test("a place that cannot be written gives one sentence with its path and the cause behind it")
    func unwritable() throws {
        try withTemporaryFolder { folder in
            // A file stands where the parent should be: nobody can write below it, not even root.
            let file = folder.appending(path: "state")
            try Data().write(to: file)
            let place = file.appending(path: "project")

            let error = try #require(throws: DemoProjectError.self) { try DemoProject.install(into: place.path, fresh: false) }

            #expect(error.code == .unwritable)
            #expect(error.message.contains(place.path))
            #expect(!error.message.contains("\n"))
            #expect(error.cause != nil)
            #expect(try paths(under: folder) == ["state"])
        }
    }

    @Test("a copy that breaks off leaves the old project in its place")
    func sourceVanished() throws {
        try withTemporaryFolder { folder in
            let place = folder.appending(path: "project")
            try DemoProject.install(into: place.path, fresh: false)
            let before = try paths(under: folder)

            let error = try #require(throws: DemoProjectError.self) {
                try DemoProject.install(from: folder.appending(path: "nothing").path, into: place.path, fresh: true)
            }

            #expect(error.code == .unwritable)
            #expect(try paths(under: folder) == before)
        }
    }

    @Test("an old project that was moved aside is moved back when the new one cannot take its place")
    func swapBreaksOff() throws {
        try withTemporaryFolder { folder in
            let place = folder.appending(path: "project")
            try DemoProject.install(into: place.path, fresh: false)
            let before = try paths(under: folder)

            #expect(throws: (any Error).self) { try DemoProject.swap(folder.appending(path: "nothing"), into: place) }

            #expect(try paths(under: folder) == before)
        }
    }
}
