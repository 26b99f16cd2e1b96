import TerminalUI

/// A dialog's box, its lines as they are wrapped, and how many of them are seen at once.
struct DialogFrame: Sendable {
    static let maximumWidth = 84

    let box: DialogBox
    let content: DialogContent
    let lines: [(text: DisplayText, role: Role)]
    /// Body lines that fit.
    let rows: Int

    var lastScroll: Int { max(0, lines.count - rows) }

    init(_ dialog: Dialog, in state: DashboardState, width: Int, height: Int) {
        let boxWidth = min(width, DialogFrame.maximumWidth)
        let inner = max(0, boxWidth - 4)
        content = state.content(of: dialog, width: inner)
        lines = content.lines.flatMap { line in line.wrapped(to: inner).map { ($0, line.role) } }
        // Frame, a blank line and the buttons; a field takes one more.
        let fixed = 4 + (content.prompt == nil ? 0 : 1)
        rows = max(0, min(lines.count, height - fixed))
        box = DialogBox(title: DisplayText(untrusted: content.title), width: boxWidth, height: rows + fixed)
    }
}

extension DashboardState {
    private var dialogFrame: DialogFrame? { dialog.map { DialogFrame($0, in: self, width: width, height: height) } }
    /// Body lines of the open dialog that are seen at once.
    var dialogRows: Int { dialogFrame?.rows ?? 0 }
    /// How far the open dialog can be scrolled.
    var lastScroll: Int { dialogFrame?.lastScroll ?? 0 }
}
