extension Buffer {
    /// Puts text at (`x`, `y`), cut to `area`; a wide character that would be halved becomes a blank.
    /// - Returns: the column after the last one that was (or would have been) written.
    @discardableResult
    public mutating func put(_ text: DisplayText, x: Int, y: Int, style: Style = .text, in area: Rect) -> Int {
        0
    }

    /// Fills a rectangle with blanks of one style.
    public mutating func fill(_ area: Rect, style: Style) {}

    /// Changes the style of what is there already, as for a selected row.
    public mutating func restyle(_ area: Rect, style: Style) {}

    /// Draws a frame along the inside edge of `area` with a title in its upper side.
    /// - Returns: the rectangle inside of the frame.
    public mutating func frame(_ area: Rect, title: DisplayText, style: Style) -> Rect {
        area.inset(horizontal: 1, vertical: 1)
    }
}
