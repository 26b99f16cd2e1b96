import Foundation

extension PseudoTerminal {
    /// Opens a pair; gives our end, the other one, and its name.
    static func open() throws(BenchmarkError) -> (master: CInt, other: CInt, name: String) {
        var (master, other): (CInt, CInt) = (-1, -1)
        var name = [CChar](repeating: 0, count: 1024)
        var size = winsize(ws_row: height, ws_col: width, ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&master, &other, &name, nil, &size) == 0 else {
            throw BenchmarkError("no pseudo-terminal can be opened: \(String(cString: strerror(errno)))")
        }
        for descriptor in [master, other] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return (master, other, name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" })
    }

    /// Starts a program in a session of its own; the terminal that it then opens first becomes its controlling one.
    static func spawn(_ command: [String], _ environment: [String: String], on terminal: String) throws(BenchmarkError) -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, newSession)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var words = command.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var pid = pid_t()
        let code = posix_spawnp(&pid, command[0], &actions, &attributes, &words, &variables)
        guard code == 0 else { throw BenchmarkError("\(command[0]) cannot be started: \(String(cString: strerror(code)))") }
        return pid
    }

    /// `POSIX_SPAWN_SETSID`, which glibc's header shows to GNU sources only.
    #if canImport(Darwin)
        private static let newSession: Int16 = 0x0400
    #else
        private static let newSession: Int16 = 0x80
    #endif
}
