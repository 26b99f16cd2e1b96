/// Why something outside could not be had: a code for programs, a sentence for the operator that says what to do, and the cause.
public struct PortError: Error, Sendable, CustomStringConvertible {
    /// What kind of fault it is, for programs.
    public enum Code: String, Sendable {
        /// Nobody answers there.
        case unreachable
        /// It answered, and not with what it should.
        case invalidAnswer
        case notFound
        case refused
        /// Somebody else changed it meanwhile, again and again.
        case conflict
        case notWritable
        case corrupted
        case notSupported
    }

    public let code: Code
    public let message: String
    public let cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var description: String { message }
}
