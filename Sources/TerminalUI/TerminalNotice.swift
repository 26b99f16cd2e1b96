/// What a terminal shall say to an operator who may be looking elsewhere: the bell, a notification of the desktop, or both.
///
/// Texts are harmless already, so that a name from a server cannot end the sequence and begin another.
public struct TerminalNotice: Hashable, Sendable {
    /// The escape sequences for notifications; none can be asked for reliably, so it is chosen by the terminal's name.
    public enum Form: String, CaseIterable, Hashable, Sendable {
        /// iTerm2, WezTerm, Ghostty.
        case osc9 = "9"
        /// urxvt, foot, VTE.
        case osc777 = "777"
        /// kitty.
        case osc99 = "99"
    }

    public var rings: Bool
    /// Nil sends no notification.
    public var form: Form?
    /// Inside of tmux: sent in an envelope that tmux hands on, where its `allow-passthrough` is on.
    public var isInTmux: Bool
    public var title: DisplayText
    public var text: DisplayText
    /// What makes it one notification for kitty; only letters, digits and `-` of it are used.
    public var id: String

    public init(
        rings: Bool, form: Form? = nil, isInTmux: Bool = false, title: DisplayText = "", text: DisplayText = "", id: String = ""
    ) {
        self.rings = rings
        self.form = form
        self.isInTmux = isInTmux
        self.title = title
        self.text = text
        self.id = id
    }

    /// What is written to the terminal for the notification, in one piece; empty where there is none. The bell is not in it.
    /// None of it moves the cursor or changes the screen.
    public var sequence: String {
        guard let form else { return "" }
        let plain = plainSequence(form)
        guard isInTmux else { return plain }
        return "\u{1B}Ptmux;" + plain.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
    }

    private func plainSequence(_ form: Form) -> String {
        let title = title.truncated(to: 80).string
        let text = text.truncated(to: 240).string
        let end = "\u{1B}\\"
        switch form {
        // With words of our own in front: digits and a semicolon would be one of ConEmu's commands.
        case .osc9: return "\u{1B}]9;actor-trainer: \(title)\(text.isEmpty ? "" : ": \(text)")" + end
        case .osc777: return "\u{1B}]777;notify;\(title.replacing(";", with: ","));\(text)" + end
        case .osc99:
            let id = String(
                id.unicodeScalars.filter {
                    $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-")
                })
            let name = id.isEmpty ? "actor-trainer" : id
            return "\u{1B}]99;i=\(name):d=0:p=title;\(title)" + end + "\u{1B}]99;i=\(name):d=1:p=body;\(text)" + end
        }
    }
}
