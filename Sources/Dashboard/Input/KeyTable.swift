import TerminalUI

/// One line of the key table.
struct KeyBinding: Hashable, Sendable {
    var keys: [Key]
    var action: KeyAction
    var contexts: Set<KeyContext>
    /// A word or two for the footer; nil keeps it out of there.
    var word: DisplayText?
    /// A sentence for the help screen.
    var help: DisplayText

    init(_ keys: [Key], _ action: KeyAction, in contexts: Set<KeyContext>, word: DisplayText? = nil, _ help: DisplayText) {
        self.keys = keys
        self.action = action
        self.contexts = contexts
        self.word = word
        self.help = help
    }

    /// The first key's name, for the footer.
    var keyName: DisplayText { keys.first.map(\.name) ?? "" }
    /// All keys' names, for the help screen.
    var keyNames: DisplayText { DisplayText(untrusted: keys.map(\.name.string).joined(separator: " ")) }
}

/// Which key does what where: reducer, footer and help screen all read it here. The footer keeps the table's order, so what matters
/// most stands first.
enum KeyTable {
    static let bindings = everywhere + dialogs + work + movement

    private static let byContext: [KeyContext: [Key: KeyAction]] = {
        var result: [KeyContext: [Key: KeyAction]] = [:]
        for binding in bindings {
            for context in binding.contexts {
                for key in binding.keys { result[context, default: [:]][key] = binding.action }
            }
        }
        return result
    }()

    static func action(for key: Key, in context: KeyContext) -> KeyAction? { byContext[context]?[key] }

    static func bindings(in context: KeyContext) -> [KeyBinding] { bindings.filter { $0.contexts.contains(context) } }
}

extension Key {
    /// How a key is written on the screen.
    var name: DisplayText {
        switch self {
        case .character(" "): "Space"
        case .character(let character): DisplayText(untrusted: String(character))
        case .control(let letter): DisplayText(untrusted: "Ctrl-" + String(letter).uppercased())
        case .function(let number): DisplayText(untrusted: "F\(number)")
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .insert: "Ins"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        }
    }
}
