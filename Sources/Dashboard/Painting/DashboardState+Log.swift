import TerminalUI
import Training

enum LogField: Hashable, Sendable {
    case cursor, time, severity, job, text
}

extension DashboardState {
    private static let logColumns: [TableColumn<LogField>] = [
        TableColumn(.cursor, "", .fixed(1), rank: 0),
        TableColumn(.time, "", .fixed(8), rank: 0),
        TableColumn(.severity, "", .fixed(2), rank: 0),
        TableColumn(.job, "", .fixed(4), rank: 0),
        TableColumn(.text, "", .flexible(minimum: 10), rank: 0),
    ]

    func paintLog(in area: Rect, isFocused: Bool, on buffer: inout Buffer) {
        guard !log.list.ids.isEmpty else {
            paintEmpty(
                log.count == 0 ? "Nothing has happened yet." : "No line of the log is left by narrowing and filter.", in: area,
                on: &buffer)
            return
        }
        let table = TableLayout(DashboardState.logColumns, in: area)
        for (line, row) in log.list.visible(height: area.height).enumerated() {
            guard let entry = log.entry(row.id) else { continue }
            paint(entry, isSelected: row.isSelected && isFocused, table, y: area.y + line, on: &buffer)
            if row.isSelected, isFocused {
                highlight(Rect(x: area.x, y: area.y + line, width: area.width, height: 1), isFocused: true, on: &buffer)
            }
        }
    }

    private func paint(_ entry: LogEntry, isSelected: Bool, _ table: TableLayout<LogField>, y: Int, on buffer: inout Buffer) {
        let role = entry.severity.role
        table.draw(isSelected ? ">" : " ", in: .cursor, y: y, style: .text, on: &buffer)
        table.draw(DisplayText(untrusted: entry.time.secondText), in: .time, y: y, style: Style(.dim), on: &buffer)
        table.draw(entry.severity.mark, in: .severity, y: y, style: Style(role), on: &buffer)
        let job = DisplayText(untrusted: entry.job?.description ?? "")
        table.draw(job, in: .job, y: y, style: Style(.accent), on: &buffer)
        table.draw(DisplayText(untrusted: entry.text), in: .text, y: y, style: Style(role), on: &buffer)
    }
}

extension Note.Severity {
    /// What stands before a line of the log.
    fileprivate var mark: DisplayText {
        switch self {
        case .info: ""
        case .warning: "!"
        case .alarm: "!!"
        }
    }
}
