#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reading and writing a few lines with plain calls of the system: the lock's descriptor must stay open.
enum SmallFile {
    /// The first 256 KiB of a file; nil where it cannot be read or is not UTF-8.
    static func text(at path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16_384)
        // Files under /proc come in parts of their own size.
        while text.count < 262_144 {
            let count = read(file, &part, part.count)
            guard count >= 0 else { return nil }
            guard count > 0 else { break }
            text += part[..<count]
        }
        return String(validating: text, as: UTF8.self)
    }

    /// Writes all of a short text at the start of an open file.
    static func write(_ text: String, to file: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return pwrite(file, bytes, bytes.count, 0) == bytes.count
    }
}
