/// A tmux server with a socket and a configuration of its own.
struct TmuxServer: Sendable {
    let name: String

    /// Runs one tmux command and gives what it printed.
    @discardableResult
    func run(_ arguments: [String]) async throws -> String {
        try await ShortProgram.run(["tmux", "-L", name, "-f", "/dev/null"] + arguments)
    }

    /// Ends the server and with it what still runs in its terminals.
    func end() async throws {
        try await run(["kill-server"])
    }
}
