public import TerminalUI

extension DashboardState {
    /// The whole screen. Every frame is painted anew; only rows that are seen are put into words.
    public func paint(width: Int, height: Int, charset: Charset = .unicode) -> Buffer {
        var buffer = Buffer(width: width, height: height, charset: charset)
        guard let layout = ScreenLayout(width: width, height: height, focus: focus) else {
            paintTooSmall(on: &buffer)
            return buffer
        }
        paintHeader(in: layout.header, on: &buffer)
        paintTabs(in: layout.tabs, on: &buffer)
        for pane in Pane.allCases {
            guard let area = layout[pane] else { continue }
            paint(pane, in: area, on: &buffer)
        }
        paintStrip(in: layout.strip, on: &buffer)
        paintFooter(in: layout.footer, on: &buffer)
        if let dialog { paint(dialog, on: &buffer) }
        return buffer
    }

    private func paintTooSmall(on buffer: inout Buffer) {
        let text = DisplayText(
            untrusted: "The dashboard needs \(ScreenLayout.minimumWidth)x\(ScreenLayout.minimumHeight); this screen is "
                + "\(buffer.width)x\(buffer.height). Make it larger; q leaves.")
        let lines = text.wrapped(to: buffer.width)
        let area = buffer.bounds.centred(width: buffer.width, height: lines.count)
        for (row, line) in lines.prefix(area.height).enumerated() {
            buffer.put(line.padded(to: buffer.width, alignment: .centre), x: 0, y: area.y + row, in: buffer.bounds)
        }
    }

    private func paint(_ pane: Pane, in area: Rect, on buffer: inout Buffer) {
        let isFocused = pane == focus
        let style = Style(isFocused ? .borderFocused : .border)
        let inside = buffer.frame(area, title: title(of: pane, isFocused: isFocused), style: style)
        switch pane {
        case .actors: paintActors(in: inside, isFocused: isFocused, on: &buffer)
        case .trainings: paintTrainings(in: inside, isFocused: isFocused, on: &buffer)
        case .log: paintLog(in: inside, isFocused: isFocused, on: &buffer)
        }
    }

    /// The line for a row that is selected: its whole width in one style, with its words kept.
    func highlight(_ row: Rect, isFocused: Bool, on buffer: inout Buffer) {
        buffer.restyle(row, style: Style(isFocused ? .selected : .selectedUnfocused))
    }

    /// A sentence where a list has no rows.
    func paintEmpty(_ text: String, in area: Rect, on buffer: inout Buffer) {
        for (row, line) in DisplayText(untrusted: text).wrapped(to: area.width).prefix(area.height).enumerated() {
            buffer.put(line, x: area.x, y: area.y + row, style: Style(.dim), in: area)
        }
    }
}
