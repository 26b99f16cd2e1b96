import Foundation
import JSONText
import Testing

@Suite("What is read without an engine")
struct ReadingTests {
    enum Obstacle: CaseIterable {
        case fileAsFolder, fileAbove, nobodysFolder

        func stand(in program: ProgramUnderTest) throws {
            let files = FileManager.default
            switch self {
            case .fileAsFolder:
                try files.createDirectory(at: program.demo.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("mine".utf8).write(to: program.demo)
            case .fileAbove: try Data("mine".utf8).write(to: program.demo.deletingLastPathComponent())
            // Cannot be looked into even by root, to whom a mode is no obstacle.
            case .nobodysFolder:
                try files.createDirectory(at: program.demo.deletingLastPathComponent(), withIntermediateDirectories: true)
                try files.createSymbolicLink(atPath: program.demo.path, withDestinationPath: "demo")
            }
        }
    }

    @Test(
        "trainings that cannot be read are not none: exit code 3 and the sentence of the other commands",
        arguments: Obstacle.allCases)
    func unreadable(obstacle: Obstacle) async throws {
        try await ProgramUnderTest.inFolder { program in
            try obstacle.stand(in: program)
            let actors = try await program("actors", "--demo")
            for command in ["jobs", "events"] {
                for more in [[], ["--json"]] {
                    let run = try await program.run([command, "--demo"] + more)
                    #expect(run.code == 3, "\(command) \(run.errors)")
                    #expect(run.errors == actors.errors && !run.errors.isEmpty)
                    #expect(run.output.isEmpty)
                }
            }
        }
    }
}
