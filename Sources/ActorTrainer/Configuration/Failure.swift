import ArgumentParser
import TrainingPorts

/// Why the program stops: an exit code, a sentence that says what to do, and the cause.
struct Failure: Error, CustomStringConvertible {
    /// The exit codes of the program, which scripts rely on.
    enum Code: Int32 {
        case someFailed = 1
        case usage = 2
        case prerequisite = 3
        case refused = 4
        case interrupted = 130
    }

    let code: Code
    let message: String
    let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// What a port says becomes a missing prerequisite, but for an owner that is there already: that is a refusal.
    init(_ error: PortError) {
        self.init(error.code == .conflict ? .refused : .prerequisite, error.message, cause: error)
    }

    var description: String { message }
}
