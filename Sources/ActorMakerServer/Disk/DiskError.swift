import TrainingPorts

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file call that failed.
struct DiskError: Error, CustomStringConvertible {
    /// What was tried: `read`, `write`.
    let action: String
    let path: String
    /// The system's error number.
    let code: Int32

    init(_ action: String, _ path: String, code: Int32 = errno) {
        self.action = action
        self.path = path
        self.code = code
    }

    var description: String { "could not \(action) \(path): \(String(cString: strerror(code)))" }

    /// The error for the operator, with what to do about it.
    var portError: PortError {
        switch code {
        case ENOENT, ENOTDIR: PortError(.notFound, "\(path) is not there.", cause: self)
        case ENOSPC, EDQUOT:
            PortError(.notWritable, "The disk is full: \(path) stays as it was. Free some space; it is tried again.", cause: self)
        case EROFS:
            PortError(.notWritable, "\(path) is on a read-only disk and stays as it was. Mount it writable.", cause: self)
        case EACCES, EPERM:
            PortError(
                action == "read" || action == "look at" ? .refused : .notWritable,
                "There is no permission to \(action) \(path); nothing was changed. Give this user the right to.", cause: self)
        case EXDEV:
            PortError(
                .notWritable, "\(path) leads out of the project's data folder by a symbolic link and is not written.", cause: self
            )
        default: PortError(.notWritable, "\(description.prefix(1).uppercased())\(description.dropFirst()).", cause: self)
        }
    }
}
