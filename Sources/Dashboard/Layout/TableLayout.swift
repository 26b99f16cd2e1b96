import TerminalUI

/// One column of a pane's table.
struct TableColumn<Field: Hashable & Sendable>: Hashable, Sendable {
    var field: Field
    var heading: DisplayText
    var width: ColumnLayout.Column
    var alignment: DisplayText.Alignment
    /// 0 is never left out; of the others the highest goes first where there is no room.
    var rank: Int

    init(
        _ field: Field, _ heading: DisplayText, _ width: ColumnLayout.Column, alignment: DisplayText.Alignment = .left, rank: Int
    ) {
        self.field = field
        self.heading = heading
        self.width = width
        self.alignment = alignment
        self.rank = rank
    }
}

/// The columns that fit into a width, and where each stands.
struct TableLayout<Field: Hashable & Sendable>: Hashable, Sendable {
    let columns: [TableColumn<Field>]
    private let rects: [Rect]

    init(_ wished: [TableColumn<Field>], in area: Rect) {
        var columns = wished
        func needed() -> Int { columns.reduce(-1) { $0 + $1.width.least + 1 } }
        while needed() > area.width, let highest = columns.map(\.rank).max(), highest > 0 {
            columns.removeAll { $0.rank == highest }
        }
        self.columns = columns
        rects = ColumnLayout(columns.map(\.width)).rects(in: area.splitTop(1).top)
    }

    /// The rectangle of a field in one row; empty where the column was left out.
    func rect(of field: Field, y: Int) -> Rect {
        guard let index = columns.firstIndex(where: { $0.field == field }) else { return Rect(x: 0, y: y, width: 0, height: 0) }
        var rect = rects[index]
        rect.y = y
        return rect
    }

    /// The rectangle from the first to the last of some fields, with the gaps between.
    func span(_ fields: [Field], y: Int) -> Rect {
        let shown = fields.map { rect(of: $0, y: y) }.filter { !$0.isEmpty }
        guard let left = shown.map(\.x).min(), let right = shown.map(\.maxX).max() else {
            return Rect(x: 0, y: y, width: 0, height: 0)
        }
        return Rect(x: left, y: y, width: right - left, height: 1)
    }

    func drawHeadings(y: Int, on buffer: inout Buffer) {
        for column in columns { draw(column.heading, in: column.field, y: y, style: Style(.dim), on: &buffer) }
    }

    func draw(_ text: DisplayText, in field: Field, y: Int, style: Style, on buffer: inout Buffer) {
        guard let column = columns.first(where: { $0.field == field }) else { return }
        let rect = rect(of: field, y: y)
        guard !rect.isEmpty, !text.isEmpty else { return }
        let shown = text.truncated(to: rect.width)
        let x = column.alignment == .right ? rect.maxX - shown.width : rect.x
        buffer.put(shown, x: x, y: y, style: style, in: rect)
    }
}

extension ColumnLayout.Column {
    fileprivate var least: Int {
        switch self {
        case .fixed(let width): width
        case .flexible(let minimum, _): minimum
        }
    }
}
