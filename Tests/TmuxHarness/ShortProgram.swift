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
    /// All processes of this machine, with their parents.
    public static func processes() async throws -> [(number: Int32, parent: Int32)] {
        try await ShortProgram.run(["ps", "-A", "-o", "pid=,ppid="]).split(separator: "\n").compactMap { line in
            let numbers = line.split(separator: " ").compactMap { Int32($0) }
            return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
        }
    }
}
