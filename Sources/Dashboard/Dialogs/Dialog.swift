import EngineAPI
import TerminalUI
import Training

/// What lies above the panes and has the keys. A question holds what it asks about as it was when it was opened: what it leads to is
/// bound to the ids and phases that the operator saw, whatever has moved below it since.
struct Dialog: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case plan(PlanSheet)
        case question(Question)
        case verdict(ActorID, VersionNumber)
        case resolution(JobID)
        case reason(JobID, Outcome)
        case leaving
        case help(Pane)
        case actor(ActorID)
        case training(JobID)
        case logEntry(Int)
    }

    var kind: Kind
    /// The first line that is seen.
    var scroll = 0
    /// What is being typed, where something is to be typed.
    var field: TextInput?

    init(_ kind: Kind, field: TextInput? = nil) {
        self.kind = kind
        self.field = field
    }

    var context: KeyContext {
        switch kind {
        case .plan: .plan
        case .question(let question): question.typedWord == nil ? .question : .typedQuestion
        case .verdict: .verdict
        case .resolution: .resolution
        case .reason: .reason
        case .leaving: .leaving
        case .help, .actor, .training, .logEntry: .reading
        }
    }
}

/// A question that rests on *no*, and what *yes* leads to.
struct Question: Hashable, Sendable {
    /// One command, and the phase that its jobs were shown in.
    struct Step: Hashable, Sendable {
        var command: Command
        var words: String
        var expects: PhaseName?
    }

    var title: String
    var lines: [DialogLine]
    var steps: [Step]
    /// What has to be typed out for it, where a key is too little.
    var typedWord: String?
}

/// One line of a dialog before it is wrapped.
struct DialogLine: Hashable, Sendable {
    /// Raw text.
    var text: String
    var role: Role
    /// Cut instead of wrapped: a row of a table.
    var isRow: Bool
    /// What stands in a column of its own before the text.
    var label: DisplayText?

    init(_ text: String, _ role: Role = .dialog, isRow: Bool = false, label: DisplayText? = nil) {
        self.text = text
        self.role = role
        self.isRow = isRow
        self.label = label
    }

    /// Columns for a label, with the blank after it.
    static let labelWidth = 15

    /// The line in lines of at most so many columns.
    func wrapped(to width: Int) -> [DisplayText] {
        let whole = DisplayText(untrusted: text)
        guard let label else { return isRow || whole.width <= width ? [whole.truncated(to: width)] : whole.wrapped(to: width) }
        return whole.wrapped(to: max(1, width - DialogLine.labelWidth)).enumerated().map { row, line in
            (row == 0 ? label : DisplayText("")).padded(to: DialogLine.labelWidth) + line
        }
    }

    static let blank = DialogLine("")
}

/// A dialog as it is drawn.
struct DialogContent: Hashable, Sendable {
    var title: String
    var lines: [DialogLine]
    /// What stands before the text field.
    var prompt: String?
    /// Keys and their words, from the key table.
    var buttons: [KeyHints.Hint]
}
