internal import CNcurses
internal import Foundation
internal import TerminalUI

/// What is looked at, and put right, before ncurses starts. Changes the process's environment and locale: no other thread
/// may be reading them at that time.
struct TerminalEnvironment {
    let terminalNames: [String]
    let isUTF8: Bool
    let allowsColours: Bool

    /// - Throws: `TerminalError` where there is no terminal that could show a screen.
    init(options: TerminalOptions) throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw TerminalError(
                .notATerminal,
                "The dashboard needs a terminal for input and output. Use a command with --json or plain output instead.")
        }
        terminalNames = try TerminalEnvironment.usableNames(of: getenv("TERM").map { String(cString: $0) })
        // LINES and COLUMNS would freeze the size for ncurses.
        for name in ["LINES", "COLUMNS"] + (options.trustsTerminfoVariables ? [] : ["TERMINFO", "TERMINFO_DIRS", "TERMCAP"]) {
            unsetenv(name)
        }
        isUTF8 = TerminalEnvironment.setLocale()
        let isColourRefused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        allowsColours = options.usesColours && !isColourRefused
    }

    /// The names to try, best first.
    static func usableNames(of name: String?) throws(TerminalError) -> [String] {
        let name = name ?? ""
        guard !["", "dumb", "unknown"].contains(name) else {
            let said = name.isEmpty ? "TERM is not set" : "TERM is \(name), which cannot show a screen"
            throw TerminalError(.unusableTerminal, "\(said). Set TERM to what your terminal is, such as xterm-256color.")
        }
        // These bring an entry of their own, found through TERMINFO, which is not believed; all of them understand xterm's.
        let kinOfXterm = ["xterm-", "alacritty", "foot", "wezterm", "contour", "rio"]
        return [name] + (kinOfXterm.contains { name.hasPrefix($0) } ? ["xterm-256color", "xterm"] : [])
    }

    /// Takes the operator's locale. Where that is not UTF-8, the C library counts in UTF-8 all the same, so that widths are
    /// right; the screen is painted with ASCII then.
    private static func setLocale() -> Bool {
        let isKnown = setlocale(LC_ALL, "") != nil
        // Numbers in files and protocols keep their point.
        defer { setlocale(LC_NUMERIC, "C") }
        if isKnown, let codeset = nl_langinfo(CInt(CODESET)).map({ String(cString: $0) }), codeset == "UTF-8" { return true }
        for name in ["C.UTF-8", "en_US.UTF-8"] where setlocale(LC_CTYPE, name) != nil { break }
        return false
    }
}
