extension DisplayText {
    /// The text in lines of at most `columns` columns, broken at blanks, and within a word where it alone is too long.
    ///
    /// The blanks at a break are dropped. A wide character that is wider than a whole line is left out.
    public func wrapped(to columns: Int) -> [DisplayText] {
        guard columns > 0 else { return [] }
        var lines: [[Glyph]] = []
        var line: [Glyph] = []
        var used = 0
        func endLine() {
            lines.append(line)
            line = []
            used = 0
        }
        for word in glyphs.split(separator: Glyph(text: " ", width: 1)) {
            let width = word.reduce(0) { $0 + $1.width }
            if !line.isEmpty {
                if used + 1 + width <= columns {
                    line.append(Glyph(text: " ", width: 1))
                    used += 1
                } else {
                    endLine()
                }
            }
            for glyph in word where glyph.width <= columns {
                if used + glyph.width > columns { endLine() }
                line.append(glyph)
                used += glyph.width
            }
        }
        if !line.isEmpty || lines.isEmpty { endLine() }
        return lines.map { DisplayText(glyphs: $0) }
    }
}
