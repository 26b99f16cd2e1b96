extension Buffer {
    /// Puts text at (`x`, `y`), cut to `area`; a wide character that would be halved becomes a blank.
    /// - Returns: the column after the last one that was (or would have been) written.
    @discardableResult
    public mutating func put(_ text: DisplayText, x: Int, y: Int, style: Style = .text, in area: Rect) -> Int {
        let visible = area.intersection(bounds)
        let isOnRow = y >= visible.y && y < visible.maxY
        if text.isPlain(in: charset) { return putPlain(text, x: x, y: y, style: style, in: isOnRow ? visible : nil) }
        var column = x
        for glyph in text.glyphs {
            if isOnRow { put(charset.shown(glyph), x: column, y: y, style: style, in: visible) }
            column += glyph.width
        }
        return column
    }

    /// The short way for what takes one column a character.
    private mutating func putPlain(_ text: DisplayText, x: Int, y: Int, style: Style, in visible: Rect?) -> Int {
        var column = x
        for scalar in text.string.unicodeScalars {
            if let visible, column >= visible.x, column < visible.maxX { set(Cell(scalar: scalar, style), x: column, y: y) }
            column += 1
        }
        return column
    }

    /// Fills a rectangle with blanks of one style.
    public mutating func fill(_ area: Rect, style: Style) { fill(area, with: Cell(scalar: " ", style)) }

    private mutating func fill(_ area: Rect, with cell: Cell) {
        let visible = area.intersection(bounds)
        for row in visible.y..<visible.maxY {
            for column in visible.x..<visible.maxX { set(cell, x: column, y: row) }
        }
    }

    /// Fills a rectangle with one of the charset's own symbols.
    mutating func fill(_ area: Rect, symbol: String, style: Style) { fill(area, with: Cell(symbol, style)) }

    /// Changes the style of what is there already, as for a selected row. A wide character at the edge is restyled whole.
    public mutating func restyle(_ area: Rect, style: Style) {
        let visible = area.intersection(bounds)
        guard !visible.isEmpty else { return }
        for row in visible.y..<visible.maxY {
            let start = row * width
            for column in visible.x..<visible.maxX { cells[start + column].style = style }
            if cells[start + visible.x].isContinuation { cells[start + visible.x - 1].style = style }
            if visible.maxX < width, cells[start + visible.maxX].isContinuation { cells[start + visible.maxX].style = style }
        }
    }

    /// Draws one of the charset's own symbols, which take one column each.
    mutating func putSymbol(_ symbol: String, x: Int, y: Int, style: Style, in area: Rect) {
        fill(Rect(x: x, y: y, width: 1, height: 1).intersection(area), symbol: symbol, style: style)
    }

    /// Draws one glyph; `visible` lies within the screen.
    private mutating func put(_ glyph: DisplayText.Glyph, x: Int, y: Int, style: Style, in visible: Rect) {
        guard y >= visible.y, y < visible.maxY else { return }
        let isWhole = x >= visible.x && x + glyph.width <= visible.maxX
        for column in max(x, visible.x)..<max(x, visible.x, min(x + glyph.width, visible.maxX)) {
            // An ASCII substitute of a wide glyph fills both of its columns.
            let isBase = column == x || charset == .ascii
            let cell = isWhole ? (isBase ? Cell(glyph.text, style) : .continuation(style)) : Cell(" ", style)
            set(cell, x: column, y: y)
        }
    }

    /// Overwrites one cell within the screen; the other half of a wide character that was there becomes a blank.
    private mutating func set(_ cell: Cell, x: Int, y: Int) {
        let index = y * width + x
        if cells[index].isContinuation, x > 0 { cells[index - 1].blank() }
        if x + 1 < width, cells[index + 1].isContinuation { cells[index + 1].blank() }
        cells[index] = cell
    }
}
