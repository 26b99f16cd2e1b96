#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Disk {
    /// Makes a new file for writing; fails where anything has that name, a symbolic link too.
    static func create(_ path: String, mode: mode_t = 0o666) throws(DiskError) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw DiskError("write", path) }
        return descriptor
    }

    /// Gives a new file the mode and, where that is allowed, the owner of the file whose place it takes.
    static func adopt(_ stamp: FileStamp, _ descriptor: Int32, _ path: String) throws(DiskError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DiskError("write", path) }
        // Only root may give a file away; everybody else's replacement is their own, as with any editor.
        if status.st_uid != stamp.user || status.st_gid != stamp.group { _ = fchown(descriptor, stamp.user, stamp.group) }
        guard fchmod(descriptor, mode_t(stamp.mode)) == 0 else { throw DiskError("write", path) }
    }

    static func put(_ bytes: [UInt8], _ descriptor: Int32, _ path: String) throws(DiskError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw DiskError("write", path, code: count == 0 ? ENOSPC : errno) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw DiskError("write", path) }
    }

    /// Lets go of a lock aloud: a child that is just being started has the descriptor too, and would keep the lock otherwise.
    static func shut(_ descriptor: Int32) {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Puts a file in another's place in one step.
    static func move(_ path: String, over target: String) throws(DiskError) {
        guard rename(path, target) == 0 else { throw DiskError("write", target) }
    }

    /// Gives a file its name; false where something has that name meanwhile.
    static func publish(_ path: String, as target: String) throws(DiskError) -> Bool {
        if link(path, target) == 0 {
            unlink(path)
            return true
        }
        guard errno == EEXIST else { throw DiskError("write", target) }
        return false
    }

    static func remove(_ path: String) { unlink(path) }

    /// Makes a rename outlive a loss of power.
    static func syncFolder(_ path: String) throws(DiskError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard descriptor >= 0 else { throw DiskError("write", path) }
        defer { close(descriptor) }
        // Some network file systems cannot sync a folder and say so; the rename itself has been done.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw DiskError("write", path) }
    }

    static func makeFolder(_ path: String) throws(DiskError) {
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw DiskError("write", path) }
    }

    /// Takes the advisory lock of a file, which is made where it is missing; nil while somebody else has it. It ends with the process.
    static func lock(_ path: String) throws(DiskError) -> Int32? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DiskError("lock", path) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        let code = errno
        close(descriptor)
        guard code == EWOULDBLOCK || code == EINTR else { throw DiskError("lock", path, code: code) }
        return nil
    }

    /// The names in a folder; none where there is no such folder.
    static func names(in path: String) throws(DiskError) -> [String] {
        guard let folder = opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw DiskError("read", path)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static let crossesBorder = EXDEV
}
