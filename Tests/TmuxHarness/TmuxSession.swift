public import Foundation

/// A program in a real terminal that nobody looks at: one tmux server of its own with one window.
///
/// For end-to-end tests: keys in, screen out. Nothing waits for a fixed time; `wait(until:)` looks again and again until the
/// screen says what it should, or a deadline has passed.
public struct TmuxSession: Sendable {
    /// What a test may ask of the terminal.
    public struct Setup: Sendable {
        public var width: Int
        public var height: Int
        /// Added to the environment of the program; it wins over what tmux sets, `TERM` too.
        public var environment: [String: String]
        public var workingDirectory: URL?

        public init(width: Int = 80, height: Int = 24, environment: [String: String] = [:], workingDirectory: URL? = nil) {
            self.width = width
            self.height = height
            self.environment = environment
            self.workingDirectory = workingDirectory
        }
    }

    private let tmux: TmuxServer

    /// Starts `command` in a new terminal, runs `body`, and ends the terminal whatever happens.
    public static func run<Result>(
        _ command: [String], setup: Setup = Setup(), body: (TmuxSession) async throws -> Result
    ) async throws -> Result {
        let tmux = TmuxServer()
        let session = TmuxSession(tmux: tmux)
        do {
            try await session.start(command, setup: setup)
            let result = try await body(session)
            try await tmux.end()
            return result
        } catch {
            try? await tmux.end()
            throw error
        }
    }

    /// A shell whose prompt is `$ `, for tests of job control and of what is left behind.
    public static let shell = ["bash", "--norc", "--noprofile", "-i"]

    private func start(_ command: [String], setup: Setup) async throws {
        let variables = ["PS1": "$ ", "LC_ALL": "C.UTF-8", "TERM": "tmux-256color"].merging(setup.environment) { $1 }
        let assignments = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var arguments = ["-u", "new-session", "-d", "-s", "test", "-x", "\(setup.width)", "-y", "\(setup.height)"]
        if let directory = setup.workingDirectory { arguments += ["-c", directory.path] }
        // The pane stays when the program ends, so that its last words can be read.
        arguments +=
            ["env"] + assignments + command + [";", "set", "-g", "remain-on-exit", "on", ";", "set", "-g", "status", "off"]
        try await tmux.run(arguments)
        try await resize(width: setup.width, height: setup.height)
    }

    /// Types characters as they are.
    public func type(_ text: String) async throws {
        try await tmux.run(["send-keys", "-t", "test", "-l", "--", text])
    }

    /// Presses keys by tmux's names: `Enter`, `C-c`, `Up`, `F1`.
    public func press(_ keys: String...) async throws {
        try await tmux.run(["send-keys", "-t", "test"] + keys)
    }

    /// Pastes text as a terminal does: between marks, where the program asked for them.
    public func paste(_ text: String) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "tmux-paste-\(UUID().uuidString)")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await tmux.run(["load-buffer", file.path, ";", "paste-buffer", "-p", "-t", "test"])
    }

    /// What is on the screen, line by line; with `escapes` also the colours and attributes.
    public func screen(escapes: Bool = false) async throws -> [String] {
        let text = try await tmux.run(["capture-pane", "-p", "-t", "test"] + (escapes ? ["-e"] : []))
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
    }

    public func resize(width: Int, height: Int) async throws {
        try await tmux.run(["resize-window", "-t", "test", "-x", "\(width)", "-y", "\(height)"])
    }

    /// The number of the process that was started in the terminal.
    public func processID() async throws -> Int32 {
        guard let number = Int32(try await value(of: "pane_pid")) else { throw TmuxError(message: "There is no process.") }
        return number
    }

    /// One of tmux's values of the pane, such as `alternate_on`, `cursor_flag` or `pane_dead`.
    public func value(of name: String) async throws -> String {
        try await tmux.run(["display-message", "-p", "-t", "test", "#{\(name)}"]).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Sets one of tmux's options for the whole server.
    public func set(_ option: String, to value: String) async throws {
        try await tmux.run(["set", "-g", option, value])
    }

    /// From now on every byte that the program writes to the terminal goes to this file as well.
    public func record(to file: URL) async throws {
        try await tmux.run(["pipe-pane", "-t", "test", "cat > '\(file.path)'"])
    }
}
