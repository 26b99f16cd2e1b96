import Foundation
import Subprocess
import Testing

/// What `ps` knows of a process: the same words on Linux and macOS.
enum ProcessTable {
    static func parent(of process: Int32) async throws -> Int32 { try #require(Int32(try await value("ppid", of: process))) }

    /// `T` for one that is stopped.
    static func state(of process: Int32) async throws -> String { try await value("state", of: process) }

    private static func value(_ column: String, of process: Int32) async throws -> String {
        let result = try await Subprocess.run(
            .name("ps"), arguments: ["-o", "\(column)=", "-p", "\(process)"], output: .string(limit: 4_096), error: .discarded)
        return result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
