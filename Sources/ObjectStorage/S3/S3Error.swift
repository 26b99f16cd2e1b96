/// Why S3 did not do what was asked: a code for programs, a sentence for the operator that says what to do, and the cause.
public struct S3Error: Error, Sendable, CustomStringConvertible {
    /// What kind of fault it is, for programs.
    public enum Code: String, Hashable, Sendable {
        case noSuchKey, noSuchBucket
        /// The key pair is right and may not do this; also a missing object where listing is not allowed.
        case forbidden
        /// The key pair itself: not known, not its secret, or expired.
        case badCredentials
        /// This machine's clock is more than 15 minutes off.
        case clock
        case wrongRegion
        /// S3 asks for slower calls, or is not well; it was tried several times.
        case busy
        /// The object is another one than it was (its ETag differs).
        case changed
        /// A range that begins after the end.
        case outOfRange
        case unreachable
        /// An answer that is not S3's.
        case invalidAnswer
        /// What came is not what it should be: another length or another hash.
        case corrupted
        /// A file of ours could not be written.
        case notWritable
    }

    public let code: Code
    public let message: String
    public let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var description: String { message }
}
