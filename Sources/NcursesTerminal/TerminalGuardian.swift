internal import CTerminalGuard

/// The process that gives the terminal back when the dashboard cannot do it any more.
///
/// The program starts itself a second time and stays behind as its parent: the guardian. It keeps the terminal's modes, lets
/// the copy run in the same process group, stops and goes on with it (Ctrl-Z, `fg`), and, when the copy dies by a crash or by
/// SIGKILL with the screen still on, puts the terminal back. Should the guardian be killed, the copy gets SIGTERM (on Linux).
///
/// The second start also lets it set what Swift's runtime reads before `main`: a crash report goes to a file at once, where the
/// runtime would otherwise wait half a minute for a key on a broken screen.
public enum TerminalGuardian {
    /// To be called first in `main`, before anything that may start a thread.
    ///
    /// Returns in the copy, and without any effect where standard input or output is no terminal. In the guardian it does not
    /// return: that process exits with the copy's exit code, or with 128 + n after signal n.
    /// - Parameter crashDirectory: where crash reports go; made with mode 0700, the reports get 0600.
    public static func startIfNeeded(crashDirectory: String) {
        terminal_guard_start(CommandLine.unsafeArgv, crashDirectory)
    }
}
