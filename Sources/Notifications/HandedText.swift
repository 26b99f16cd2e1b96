import TrainingPorts

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A text as a file without a name, for a program's standard input.
///
/// Not a pipe: a program that ends without reading one would end us with SIGPIPE, and to ignore that signal is inherited by children.
enum HandedText {
    /// Open at the start of the text; whoever takes it closes it.
    static func open(_ text: String) throws(PortError) -> FileDescriptor {
        var path = Array((getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp").utf8CString.dropLast())
        path += Array("/actor-trainer.XXXXXX".utf8CString)
        let file = mkstemp(&path)
        guard file >= 0 else { throw fault() }
        unlink(path)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                let error = fault()
                close(file)
                throw error
            }
            sent += count
        }
        lseek(file, 0, SEEK_SET)
        return FileDescriptor(rawValue: file)
    }

    private static func fault() -> PortError {
        PortError(.notWritable, "its input could not be written: \(String(cString: strerror(errno)))")
    }
}
