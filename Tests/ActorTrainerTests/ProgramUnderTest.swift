import Foundation
import JSONText
import RunPodSimulator
import Subprocess
import Testing
import TmuxHarness

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The built program with a state folder of its own, which is removed at the end together with its simulator.
struct ProgramUnderTest {
    /// The executable beside the tests' own bundle.
    static var path: String {
        let main = Bundle.main.bundleURL
        let folder = main.pathExtension == "xctest" ? main.deletingLastPathComponent() : main
        return folder.appending(path: "actor-trainer").path
    }

    let folder: URL

    var environment: [String: String] {
        [
            "XDG_STATE_HOME": folder.path, "XDG_CONFIG_HOME": folder.path, "HOME": folder.path, "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
        ]
    }

    /// Where the demo keeps its things.
    var demo: URL { folder.appending(path: "actor-trainer/demo") }

    static func inFolder<Result>(_ body: (ProgramUnderTest) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "actor-trainer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let program = ProgramUnderTest(folder: folder)
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(program)) } catch { result = .failure(error) }
        if let simulator = await SimulatorFinder(stateDirectory: program.demo.appending(path: "simulator")).find() {
            _ = await SimulatorFinder.stop(simulator.address.url)
        }
        try? FileManager.default.removeItem(at: folder)
        return try result.get()
    }

    struct Outcome {
        let code: Int32
        let output: [String]
        let errors: String

        /// Each line as JSON.
        func json() throws -> [JSONValue] { try output.map { try JSONValue(parsing: $0) } }
    }

    /// Runs it to its end, without a terminal.
    func callAsFunction(_ arguments: String...) async throws -> Outcome { try await run(arguments) }

    func run(_ arguments: [String], in directory: URL? = nil, environment more: [String: String] = [:]) async throws -> Outcome {
        var values: [Environment.Key: String] = [:]
        for (key, value) in environment.merging(more, uniquingKeysWith: { $1 }) { values[.init(stringLiteral: key)] = value }
        let result = try await Subprocess.run(
            .path(.init(ProgramUnderTest.path)), arguments: Arguments(arguments), environment: .custom(values),
            workingDirectory: .init((directory ?? folder).path), output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
        let code: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        let lines = result.standardOutput.split(separator: "\n").map(String.init)
        return Outcome(code: code, output: lines, errors: result.standardError)
    }

    /// The dashboard on the demo, in a terminal; behind a command that starts what is named after it, where one is given.
    func dashboard<Result>(
        behind launcher: [String] = [], width: Int = 120, height: Int = 40, environment more: [String: String] = [:],
        _ arguments: String...,
        body: (TmuxSession) async throws -> Result
    ) async throws -> Result {
        let setup = TmuxSession.Setup(
            width: width, height: height, environment: environment.merging(more) { $1 }, workingDirectory: folder)
        return try await TmuxSession.run(launcher + [ProgramUnderTest.path] + arguments, setup: setup, body: body)
    }

    func file(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: try Data(contentsOf: demo.appending(path: path)))
    }
}

extension TmuxSession {
    /// Waits until the program in it has ended; its last screen stays.
    func waitForEnd() async throws { try await wait(forValue: "1", of: "pane_dead") }

    /// The screen once it has been the same for a while.
    func restingScreen() async throws -> [String] {
        var (last, times) = ([String](), 0)
        try await wait(until: "the screen rests") { lines in
            times = lines == last ? times + 1 : 0
            last = lines
            return times >= 20
        }
        return last
    }
}
