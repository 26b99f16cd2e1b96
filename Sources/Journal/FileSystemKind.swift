#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What kind of file system a folder is on. The one place of this room that knows the operating system.
enum FileSystemKind {
    /// The name of the network file system at a path; nil on a local disk.
    static func network(at path: String) -> String? {
        #if canImport(Darwin)
            var info = statfs()
            guard statfs(path, &info) == 0 else { return nil }
            return info.f_flags & UInt32(MNT_LOCAL) == 0 ? "a network file system" : nil
        #else
            guard let resolved = realpath(path, nil) else { return nil }
            defer { free(resolved) }
            // The C library's module does not have statfs(2), so the kernel's own table of mounts is read.
            return SmallFile.text(at: "/proc/self/mounts").flatMap { MountTable(text: $0).network(at: String(cString: resolved)) }
        #endif
    }
}

/// What another process does.
enum ProcessState: Equatable {
    case running, stopped, gone

    static func of(_ pid: Int32) -> ProcessState {
        guard kill(pid, 0) == 0 || errno == EPERM else { return .gone }
        #if canImport(Darwin)
            var info = proc_bsdinfo()
            let size = Int32(MemoryLayout<proc_bsdinfo>.size)
            guard proc_pidinfo(pid, PROC_PIDTBSDINFO, 0, &info, size) == size else { return .running }
            return info.pbi_status == UInt32(SSTOP) ? .stopped : .running
        #else
            guard let text = SmallFile.text(at: "/proc/\(pid)/stat"), let mark = text.lastIndex(of: ")") else { return .running }
            let state = text[text.index(after: mark)...].drop { $0 == " " }.first
            return state == "T" || state == "t" ? .stopped : .running
        #endif
    }
}
