import Foundation
import JSONText
import PlainOutput
import TerminalUI

/// Standard output and error, written at once: what reads our lines through a pipe must see them when they happen.
enum Output {
    static func print(_ line: DisplayText) { write(line.string, to: stdout) }

    static func print(_ line: PlainLine) { write(line.string, to: stdout) }

    static func print(_ lines: [PlainLine]) { lines.forEach(print) }

    /// One value a line.
    static func print(_ json: JSONValue) { write(json.text(), to: stdout) }

    /// Text of our own of several lines, such as a help screen.
    static func print(_ text: String) { write(text, to: stderrOrOut(false)) }

    /// A sentence on what went wrong, made harmless line by line.
    static func complain(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            DisplayText(untrusted: String($0)).string
        }
        write("actor-trainer: " + lines.joined(separator: "\n"), to: stderrOrOut(true))
    }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 && isatty(STDIN_FILENO) == 1 }

    private static func write(_ text: String, to file: FileHandle) {
        // A reader that has gone is no reason to stop watching paid trainings.
        try? file.write(contentsOf: Data((text + "\n").utf8))
    }

    private static var stdout: FileHandle { .standardOutput }
    private static func stderrOrOut(_ isError: Bool) -> FileHandle { isError ? .standardError : .standardOutput }
}
