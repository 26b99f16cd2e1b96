import TerminalUI

/// The terminal that the operator sees, which is tmux's own one where we are in tmux.
struct OuterTerminal: Hashable {
    var environment: [String: String]
    /// What tmux says that its client's terminal is called.
    var clientName: String?
    /// Whether tmux hands sequences on; it does not by default, and does not say so to programs that do not ask.
    var passesThrough: Bool

    init(_ environment: [String: String], clientName: String? = nil, passesThrough: Bool = false) {
        self.environment = environment
        self.clientName = clientName
        self.passesThrough = passesThrough
    }

    var isTmux: Bool { environment["TMUX"]?.isEmpty == false }

    /// Asks tmux where we are in it, each time: another client may have attached, and the option may have changed.
    static func look(_ environment: [String: String]) async -> OuterTerminal {
        var outer = OuterTerminal(environment)
        guard outer.isTmux, let socket = environment["TMUX"]?.split(separator: ",").first else { return outer }
        let pane = environment["TMUX_PANE"].map { ["-t", $0] } ?? []
        let tmux = ShortCommand(
            program: "tmux",
            arguments: ["-S", String(socket), "display-message", "-p"] + pane + ["#{allow-passthrough} #{client_termname}"],
            environment: environment, limit: .seconds(2))
        let words = ((try? await tmux.run("")) ?? "").split { $0 == " " || $0 == "\n" }
        outer.passesThrough = words.first.map { ["on", "all", "1", "2"].contains($0) } ?? false
        outer.clientName = words.dropFirst().first.map(String.init)
        return outer
    }

    func form(for wish: TerminalNotifier.Wish) -> TerminalNotice.Form? {
        // The console of Linux prints parts of what it does not know, and a dumb terminal all of it.
        guard !["dumb", "linux", "unknown"].contains(environment["TERM"] ?? "dumb"), !isTmux || passesThrough else { return nil }
        return switch wish {
        case .none: nil
        case .form(let form): form
        case .automatic: isTmux ? OuterTerminal.form(named: clientName ?? "") : knownForm
        }
    }

    private var knownForm: TerminalNotice.Form? {
        // GNU screen swallows them all.
        if environment["STY"] != nil { return nil }
        if environment["KITTY_WINDOW_ID"] != nil { return .osc99 }
        switch environment["TERM_PROGRAM"] {
        case "iTerm.app", "WezTerm", "ghostty": return .osc9
        default: break
        }
        if let form = OuterTerminal.form(named: environment["TERM"] ?? "") { return form }
        return environment["VTE_VERSION"] == nil ? nil : .osc777
    }

    private static func form(named name: String) -> TerminalNotice.Form? {
        if name.contains("kitty") { return .osc99 }
        if name.contains("ghostty") || name.contains("wezterm") || name.contains("iterm") { return .osc9 }
        if name.hasPrefix("foot") || name.hasPrefix("rxvt") { return .osc777 }
        return nil
    }
}
