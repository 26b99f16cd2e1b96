import TrainingPorts

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Files that nobody but their owner may read.
enum PrivateFile {
    /// Makes an empty file with mode 0600; fails where anything is there already.
    static func create(at path: String) throws(PortError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw fault("make", path) }
        close(descriptor)
    }

    /// Moves a file to its place and syncs the folder, so that the name is there after a power cut too.
    static func move(_ source: String, to target: String) throws(PortError) {
        guard rename(source, target) == 0 else { throw fault("make", target) }
        let folder = String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)])
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault("open", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault("sync", folder) }
    }

    static func fault(_ verb: String, _ path: String) -> PortError {
        PortError(.notWritable, "cannot \(verb) \(path): \(String(cString: strerror(errno)))")
    }
}

/// Which file a path leads to.
struct FileIdentity: Equatable {
    let device: UInt64
    let inode: UInt64

    /// Nil where there is nothing. Does not open the file: closing it again would drop SQLite's locks on it.
    init?(path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        device = UInt64(truncatingIfNeeded: info.st_dev)
        inode = UInt64(truncatingIfNeeded: info.st_ino)
    }
}
