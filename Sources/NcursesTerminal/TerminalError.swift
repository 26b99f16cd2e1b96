/// Why the terminal cannot be used. Thrown before the first byte is written to it.
public struct TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is missing, for programs.
    public enum Code: String, Hashable, Sendable {
        /// Standard input or output is a file or a pipe.
        case notATerminal
        /// `TERM` is unset, or names a terminal that cannot show a screen.
        case unusableTerminal
        /// The terminal's modes cannot be read, as when it is gone.
        case noModes
        /// No descriptor was to be had.
        case noDescriptor
    }

    public let code: Code
    /// A sentence that says what to do.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
