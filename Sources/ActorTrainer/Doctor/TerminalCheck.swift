import Foundation
import Training

/// Whether the dashboard can be shown here.
struct TerminalCheck {
    var environment = ProcessInfo.processInfo.environment
    var isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    /// Columns and rows; nil where there is no terminal.
    var size = TerminalCheck.measured()

    var findings: [Finding] {
        guard isTerminal else {
            return [.skipped("terminal", "this is no terminal; “train”, “jobs --json” and “events --follow” need none")]
        }
        let term = environment["TERM"] ?? ""
        guard !["", "dumb", "unknown"].contains(term) else {
            return [
                .error(
                    "terminal", term.isEmpty ? "TERM is not set" : "TERM is \(term), which cannot show a screen",
                    remedy: "set TERM to what your terminal is, such as xterm-256color")
            ]
        }
        var found: [Finding] = []
        if let size, size.columns < 60 || size.rows < 15 {
            found.append(
                .warning(
                    "terminal", "the terminal has \(size.columns)x\(size.rows) characters, and the dashboard needs 60x15",
                    remedy: "make it larger"))
        }
        if !isUTF8 {
            found.append(
                .warning(
                    "terminal", "the locale is not UTF-8, so that the screen is drawn in ASCII and names lose their letters",
                    remedy: "set LANG to a UTF-8 locale, such as C.UTF-8"))
        }
        guard found.isEmpty else { return found }
        let measure = size.map { ", \($0.columns)x\($0.rows)" } ?? ""
        return [.ok("terminal", "TERM is \(term)\(measure), UTF-8, \(colours(term))")]
    }

    /// The first that is set and not empty counts, as for the C library.
    private var isUTF8: Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let charset = locale.lowercased().filter { $0.isLetter || $0.isNumber }
        return charset.contains("utf8")
    }

    private func colours(_ term: String) -> String {
        if environment["NO_COLOR"]?.isEmpty == false { return "no colours (NO_COLOR is set)" }
        return term.contains("mono") || term == "vt100" ? "no colours" : "colours"
    }

    private static func measured() -> (columns: Int, rows: Int)? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
