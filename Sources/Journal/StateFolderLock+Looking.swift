#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension StateFolderLock {
    /// Whether a program owns a state folder now. For one that only wants to know: an owner that starts meanwhile is not kept out.
    public static func isHeld(_ folder: String) -> Bool {
        // The kernel's lock can only be asked for by taking it, so it is not asked where who stands in the file has ended.
        guard let owner = SmallFile.text(at: folder + "/lock").flatMap(StateFolderOwner.init(text:)),
            ProcessState.of(owner.pid) != .gone
        else { return false }
        let file = open(folder + "/lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return false }
        defer { close(file) }
        // Its number may be another process's by now.
        guard flock(file, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
        flock(file, LOCK_UN)
        return false
    }
}
