public import TerminalUI
public import TrainingPorts

/// Tells the terminal: rings its bell, and asks it for a notification of the desktop where that is wanted and the terminal is known to
/// understand one.
public struct TerminalNotifier: Notifier {
    public let name = "the notification of the terminal"
    private let rings: Bool
    private let wish: Wish
    private let environment: [String: String]
    private let show: @Sendable (TerminalNotice) async -> Void

    /// Which sequence is wanted.
    public enum Wish: Hashable, Sendable {
        case none
        /// The one that the terminal is known for; none where it is not known.
        case automatic
        case form(TerminalNotice.Form)

        /// Reads `off`, `auto`, `9`, `777` or `99`.
        public init?(_ text: String) {
            switch text {
            case "off": self = .none
            case "auto": self = .automatic
            default:
                guard let form = TerminalNotice.Form(rawValue: text) else { return nil }
                self = .form(form)
            }
        }
    }

    /// - Parameter show: hands it to whoever owns the terminal.
    public init(
        rings: Bool, wish: Wish, environment: [String: String], show: @escaping @Sendable (TerminalNotice) async -> Void
    ) {
        self.rings = rings
        self.wish = wish
        self.environment = environment
        self.show = show
    }

    public func tell(_ notice: Notice) async throws(PortError) {
        let outer = wish == .none ? OuterTerminal(environment) : await OuterTerminal.look(environment)
        await show(
            TerminalNotice(
                rings: rings, form: outer.form(for: wish), isInTmux: outer.isTmux, title: DisplayText(untrusted: notice.title),
                text: DisplayText(untrusted: notice.text.replacing("\n", with: " · ")), id: notice.id))
    }
}
