extension DisplayText {
    /// What fills one cell, or two: a base character with its combining marks.
    public struct Glyph: Hashable, Sendable {
        public let text: String
        /// 1 or 2 columns.
        public let width: Int
    }

    /// The glyphs from left to right; their widths add up to `width`.
    public var glyphs: [Glyph] {
        var result: [Glyph] = []
        result.reserveCapacity(string.utf8.count)
        for scalar in string.unicodeScalars {
            let width = TextWidth.columns(of: scalar)
            if width == 0, let last = result.popLast() {
                result.append(Glyph(text: last.text + String(scalar), width: last.width))
            } else {
                result.append(Glyph(text: String(scalar), width: width))
            }
        }
        return result
    }
}
