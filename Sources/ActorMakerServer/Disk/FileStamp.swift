/// What tells one state of a file from another without reading it.
struct FileStamp: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
    var size: Int
    var seconds: Int
    var nanoseconds: Int
    var mode: UInt32
    var user: UInt32
    var group: UInt32

    /// How much older than the reading the last change must be for the stamp to vouch for the content: file systems count in steps, and a
    /// change within one step of another leaves no trace.
    static let settlingSeconds = 2

    func isSettled(at clock: (seconds: Int, nanoseconds: Int)) -> Bool { clock.seconds - seconds >= FileStamp.settlingSeconds }
}

/// A file as it was read once.
struct FileReading: Sendable {
    var bytes: [UInt8]
    var stamp: FileStamp
}
