import TrainingPorts

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Remembers the number of the last event that was told of, so that a restart tells nothing twice.
struct NoticeMark: Sendable {
    let path: String

    /// Nil where nothing was ever told, or the file says nothing: what is in the journal then is old.
    func read() -> Int? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = readBytes(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes[..<count].prefix { (0x30...0x39).contains($0) }, as: UTF8.self))
    }

    /// Written beside its place first, so that half a number is never found there.
    /// - Returns: whether it is on disk; where it is not, a restart could tell things twice.
    func write(_ sequence: Int) -> Bool {
        let draft = path + ".new"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return false }
        let text = Array("\(sequence)\n".utf8)
        let isWhole = writeBytes(file, text, text.count) == text.count && fsync(file) == 0
        close(file)
        return isWhole && rename(draft, path) == 0
    }
}

/// The system's calls, which the methods of the same names would hide.
private let readBytes = read(_:_:_:)
private let writeBytes = write(_:_:_:)
