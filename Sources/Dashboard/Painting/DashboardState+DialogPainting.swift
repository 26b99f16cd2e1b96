import TerminalUI

extension DashboardState {
    func paint(_ dialog: Dialog, on buffer: inout Buffer) {
        let frame = DialogFrame(dialog, in: self, width: buffer.width, height: buffer.height)
        let inside = frame.box.draw(in: buffer.bounds, on: &buffer)
        let first = min(dialog.scroll, frame.lastScroll)
        for (row, line) in frame.lines[first...].prefix(frame.rows).enumerated() {
            buffer.put(line.text, x: inside.x, y: inside.y + row, style: Style(line.role), in: inside)
        }
        var y = inside.y + frame.rows
        if let prompt = frame.content.prompt {
            paintField(
                dialog.field ?? TextInput(), prompt: prompt, in: Rect(x: inside.x, y: y, width: inside.width, height: 1),
                on: &buffer)
            y += 1
        }
        if frame.lastScroll > 0 { paintScrollWords(first, frame, y: y, in: inside, on: &buffer) }
        paintButtons(frame.content.buttons, y: y + 1, in: inside, on: &buffer)
    }

    private func paintField(_ field: TextInput, prompt: String, in area: Rect, on buffer: inout Buffer) {
        let start = buffer.put(DisplayText(untrusted: prompt), x: area.x, y: area.y, style: Style(.title), in: area)
        // The end of a long text is what is being typed.
        var shown = field.shown
        let room = area.maxX - start - 1
        while shown.width > room, !shown.isEmpty { shown = DisplayText(untrusted: String(shown.string.dropFirst())) }
        let end = buffer.put(shown, x: start, y: area.y, style: Style(.dialog), in: area)
        buffer.cursor = Buffer.Position(x: max(0, min(end, area.maxX - 1)), y: area.y)
    }

    private func paintScrollWords(_ first: Int, _ frame: DialogFrame, y: Int, in area: Rect, on buffer: inout Buffer) {
        let text = DisplayText(untrusted: "lines \(first + 1)–\(first + frame.rows) of \(frame.lines.count) (j k)")
        buffer.put(text, x: area.maxX - text.width, y: y, style: Style(.dim), in: area)
    }

    /// The keys in brackets; the one that changes nothing rests as the chosen one.
    private func paintButtons(_ buttons: [KeyHints.Hint], y: Int, in area: Rect, on buffer: inout Buffer) {
        var x = area.x
        for button in buttons {
            let text = DisplayText(untrusted: "[\(button.key.string)] \(button.word.string)")
            guard x + text.width <= area.maxX else { return }
            x = buffer.put(text, x: x, y: y, style: Style(.dialogButton), in: area) + 2
        }
    }
}
