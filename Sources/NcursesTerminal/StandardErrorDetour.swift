internal import Foundation

/// Leads descriptor 2 to a file while the screen is on, and back.
struct StandardErrorDetour {
    private let original: CInt

    /// - Throws: `TerminalError` where the file cannot be opened or no descriptor is left.
    init(to path: String?) throws(TerminalError) {
        let target = open(path ?? "/dev/null", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard target >= 0 else {
            throw TerminalError(
                .noDescriptor, "The log file \(path ?? "/dev/null") cannot be opened: \(String(cString: strerror(errno))).")
        }
        original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10)
        dup2(target, STDERR_FILENO)
        close(target)
    }

    func end() {
        guard original >= 0 else { return }
        dup2(original, STDERR_FILENO)
        close(original)
    }
}
