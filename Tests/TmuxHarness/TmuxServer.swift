internal import Foundation

/// A tmux server with a socket and a configuration of its own.
struct TmuxServer: Sendable {
    /// By its path and not by a name: tmux leaves its socket when it ends, and a named one would lie among the operator's.
    let socket = FileManager.default.temporaryDirectory.appending(path: "tmux-\(UUID().uuidString)").path

    /// Runs one tmux command and gives what it printed.
    @discardableResult
    func run(_ arguments: [String]) async throws -> String {
        try await ShortProgram.run(["tmux", "-S", socket, "-f", "/dev/null"] + arguments)
    }

    /// Ends the server and with it what still runs in its terminals; nothing of it is left.
    func end() async throws {
        defer { try? FileManager.default.removeItem(atPath: socket) }
        try await run(["kill-server"])
    }
}
