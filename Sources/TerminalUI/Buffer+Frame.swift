extension Buffer {
    /// Draws a frame along the inside edge of `area` with a title in its upper side.
    ///
    /// An area without room for two sides gets no frame. A title that does not fit is cut, and left out where it would be
    /// nothing but a cut.
    /// - Returns: the rectangle inside of the frame.
    @discardableResult
    public mutating func frame(_ area: Rect, title: DisplayText, style: Style) -> Rect {
        let inside = area.inset(horizontal: 1, vertical: 1)
        guard area.width >= 2, area.height >= 2 else { return inside }
        let symbols = charset.symbols
        let right = area.maxX - 1
        let bottom = area.maxY - 1
        for y in [area.y, bottom] {
            fill(Rect(x: area.x + 1, y: y, width: area.width - 2, height: 1), symbol: symbols.horizontal, style: style)
        }
        for x in [area.x, right] {
            fill(Rect(x: x, y: area.y + 1, width: 1, height: area.height - 2), symbol: symbols.vertical, style: style)
        }
        putSymbol(symbols.topLeft, x: area.x, y: area.y, style: style, in: area)
        putSymbol(symbols.topRight, x: right, y: area.y, style: style, in: area)
        putSymbol(symbols.bottomLeft, x: area.x, y: bottom, style: style, in: area)
        putSymbol(symbols.bottomRight, x: right, y: bottom, style: style, in: area)
        putTitle(title, in: area, style: style)
        return inside
    }

    /// The title with a blank on each side, after one piece of the frame's upper side: `┌─ Actors ───┐`.
    private mutating func putTitle(_ title: DisplayText, in area: Rect, style: Style) {
        let room = Rect(x: area.x + 2, y: area.y, width: area.width - 4, height: 1)
        guard !title.isEmpty, room.width > 3 else { return }
        put(" " + title.truncated(to: room.width - 2) + " ", x: room.x, y: room.y, style: style, in: room)
    }
}
