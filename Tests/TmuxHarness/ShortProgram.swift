internal import Subprocess

/// What went wrong with a program of the tests, or did not come in time.
public struct TmuxError: Error, CustomStringConvertible {
    public let message: String
    public init(message: String) { self.message = message }

    public var description: String { message }
}

/// Runs a program that prints little and ends soon.
///
/// Not with Foundation's `Process`: on Linux it learns of a program's end by a socket that the program inherits, and a tmux
/// server, which the first command leaves behind, keeps that open.
enum ShortProgram {
    static func run(_ command: [String]) async throws -> String {
        let result = try await Subprocess.run(
            .name("env"),
            // A tmux around the tests is none of our business.
            arguments: Arguments(["-u", "TMUX", "-u", "TMUX_PANE"] + command),
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        let text = result.standardOutput
        guard result.terminationStatus.isSuccess else {
            throw TmuxError(message: "\(command.joined(separator: " ")): \(text)")
        }
        return text
    }
}

extension TmuxSession {
    /// A process of this machine: its number, its parent's, and its command line.
    public struct Running: Sendable {
        public let number: Int32
        public let parent: Int32
        public let command: String
    }

    /// All processes of this machine.
    public static func processes() async throws -> [Running] {
        try await ShortProgram.run(["ps", "-A", "-ww", "-o", "pid=,ppid=,args="]).split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ", maxSplits: 2)
            guard fields.count == 3, let number = Int32(fields[0]), let parent = Int32(fields[1]) else { return nil }
            return Running(number: number, parent: parent, command: String(fields[2]))
        }
    }
}
