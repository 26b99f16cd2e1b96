import TrainingPorts

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The few calls of the system that files need whose content must be there after a crash.
struct DurableFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    deinit {
        // Said aloud: a child that is just being started has the descriptor too, and would keep the lock until it is another program.
        _ = flock(descriptor, LOCK_UN)
        _ = close(descriptor)
    }

    /// Opens a file to append to, and makes it where there is none.
    init(appendingTo path: String) throws(PortError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.fault(path) }
    }

    /// Opens a file and holds it alone until this process ends, however it ends.
    init(locking path: String) throws(PortError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.fault(path) }
        // One that is just ending lets go within an instant, when its last answer is out.
        var isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
        for _ in 0..<100 where !isLocked {
            usleep(10_000)
            isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
        }
        guard isLocked else {
            throw PortError(.conflict, "another simulator uses this state folder (\(path)); stop it or give another folder")
        }
    }

    /// - Parameter synced: whether the bytes are on the disk when this returns.
    func append(_ bytes: [UInt8], synced: Bool) throws(PortError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw DurableFile.fault(path) }
            rest = rest.dropFirst(written)
        }
        if synced, fsync(descriptor) != 0 { throw DurableFile.fault(path) }
    }

    /// Replaces a file as a whole: whoever looks sees the old content or the new one, also after a crash.
    static func replace(_ path: String, with bytes: [UInt8]) throws(PortError) {
        let draft = path + ".new"
        _ = unlink(draft)
        do {
            let file = try DurableFile(appendingTo: draft)
            try file.append(bytes, synced: true)
        }
        guard rename(draft, path) == 0 else { throw fault(path) }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(folder) }
        defer { _ = close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault(folder) }
    }

    private static func fault(_ path: String) -> PortError {
        PortError(.notWritable, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
