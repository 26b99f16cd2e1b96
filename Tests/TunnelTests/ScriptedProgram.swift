import Foundation
import TrainingTestSupport
import WaitingTestSupport

@testable import Tunnel

/// A shell script in place of a tunnel's program; it writes down how it was started.
final class ScriptedProgram: Sendable {
    /// Where it lies once it is installed.
    let path: String
    private let folder: String
    private var diary: String { folder + "/diary" }

    init(named name: String) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(name)-\(UUID().uuidString)").path
        path = folder + "/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The environment in which it is started; one key of ours is in it that it must not be given.
    static let environment = ["PATH": "/usr/bin:/bin", "HOME": "/nowhere", "RUNPOD_API_KEY": "rp_secret"]

    func install(_ script: String) throws {
        let text =
            "#!/bin/sh\necho \"arguments $*\" >> \"\(diary)\"; env >> \"\(diary)\"; echo \"pid $$\" >> \"\(diary)\"\n" + script
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    /// All arguments and environments of its starts.
    var notes: String { (try? String(contentsOfFile: diary, encoding: .utf8)) ?? "" }
    /// Its process numbers, one a start.
    var pids: [Int32] { notes.split(separator: "\n").filter { $0.hasPrefix("pid ") }.compactMap { Int32($0.dropFirst(4)) } }
}

extension TunnelWay {
    /// Runs a route of this way for the length of a test.
    func running(start: Duration, _ test: (TunnelRoute) async throws -> Void) async throws {
        let route = TunnelRoute(
            way: self, port: 8765, random: SeededRandom(seed: 1), patience: .init(start: start, pause: .milliseconds(100))
        ) { $0 }
        let owner = Task { await route.run() }
        let result: Result<Void, any Error>
        do {
            // `run()` must have begun before an agent can be asked for.
            try await eventually("the route runs") { await route.canStart }
            result = .success(try await test(route))
        } catch {
            result = .failure(error)
        }
        owner.cancel()
        await owner.value
        await route.shutdown()
        try result.get()
    }
}
