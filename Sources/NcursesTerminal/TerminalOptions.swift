public import TerminalUI

/// What the operator may choose about the terminal.
public struct TerminalOptions: Hashable, Sendable {
    public var theme: Theme
    /// Whether colours are used at all; `NO_COLOR` in the environment switches them off as well.
    public var usesColours: Bool
    /// Which characters the terminal shows; nil asks the locale.
    public var charset: Charset?
    /// Where standard error goes while the screen is on, made with mode 0600; nil throws it away. A stray line from a library
    /// would otherwise land in the middle of the screen.
    public var standardErrorFile: String?
    /// Whether `TERMINFO`, `TERMINFO_DIRS` and `TERMCAP` are believed: a hostile entry has been a way into ncurses
    /// (CVE-2023-29491), so they are dropped unless asked for.
    public var trustsTerminfoVariables: Bool

    public init(
        theme: Theme = .dark, usesColours: Bool = true, charset: Charset? = nil, standardErrorFile: String? = nil,
        trustsTerminfoVariables: Bool = false
    ) {
        self.theme = theme
        self.usesColours = usesColours
        self.charset = charset
        self.standardErrorFile = standardErrorFile
        self.trustsTerminfoVariables = trustsTerminfoVariables
    }
}

/// What the terminal turned out to be.
public struct TerminalFacts: Hashable, Sendable {
    public var width: Int
    public var height: Int
    /// Whether the locale says UTF-8.
    public var isUTF8: Bool
    /// The charset to paint buffers with: Unicode where the locale says UTF-8 or the operator does.
    public var charset: Charset
    /// 0, 8, 16 or 256; 0 also where colours are not wanted.
    public var colourCount: Int
    /// The terminfo entry in use; another one than `TERM` says where that has none but is known to be a kind of xterm.
    public var terminalName: String
}
