#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file calls that this room needs, with errors that say what was tried. All that differs between systems stands here.
enum Disk {
    /// More than this is no file of an Actor Maker project.
    static let sizeLimit = 64 << 20

    /// Reads a whole file, with the stamp that it had while it was read; nil where there is none.
    static func load(_ path: String) throws(DiskError) -> FileReading? {
        // Not blocking: a pipe in the file's place would otherwise hold this thread for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw DiskError("read", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DiskError("read", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw DiskError("read", path, code: EINVAL) }
        guard status.st_size <= sizeLimit else { throw DiskError("read", path, code: EFBIG) }
        let bytes = try contents(descriptor, size: Int(status.st_size), path)
        return FileReading(bytes: bytes, stamp: FileStamp(status))
    }

    private static func contents(_ descriptor: Int32, size: Int, _ path: String) throws(DiskError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: max(4096, size + 1))
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw DiskError("read", path) }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= sizeLimit else { throw DiskError("read", path, code: EFBIG) }
        }
    }

    /// The stamp of a file, symbolic links followed; nil where there is none.
    static func stamp(_ path: String) throws(DiskError) -> FileStamp? {
        var status = stat()
        if stat(path, &status) == 0 { return FileStamp(status) }
        if errno == ENOENT || errno == ENOTDIR { return nil }
        throw DiskError("look at", path)
    }

    /// The path without symbolic links, `.` and `..`; nil where there is nothing.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The wall clock, by which files are stamped.
    static func wallClock() -> (seconds: Int, nanoseconds: Int) {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return (time.tv_sec, time.tv_nsec)
    }

    static func canWrite(_ path: String) -> Bool { access(path, W_OK | X_OK) == 0 }
}

extension FileStamp {
    init(_ status: stat) {
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        self.init(
            device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino), size: Int(status.st_size),
            seconds: time.tv_sec, nanoseconds: time.tv_nsec, mode: UInt32(status.st_mode) & 0o7777, user: status.st_uid,
            group: status.st_gid)
    }
}
