extension DisplayText {
    /// Which part of a text gives way where there is no room for all of it.
    public enum Cut: Hashable, Sendable {
        case end
        /// For paths and URLs, whose two ends tell them apart.
        case middle
    }

    /// The text in at most `columns` columns, with `…` where something is missing; a wide character is never halved.
    public func truncated(to columns: Int, _ cut: Cut = .end) -> DisplayText {
        guard width > columns else { return self }
        guard columns > 0 else { return "" }
        let glyphs = glyphs
        let kept = columns - 1
        let tailWidth = cut == .middle ? kept / 2 : 0
        let head = DisplayText.fitting(glyphs, in: kept - tailWidth)
        let tail = DisplayText.fitting(glyphs.reversed(), in: tailWidth).reversed()
        return DisplayText(glyphs: head + [Glyph(text: "…", width: 1)] + tail)
    }

    /// The text filled up with blanks to `columns` columns, or cut to them.
    public func padded(to columns: Int, alignment: Alignment = .left) -> DisplayText {
        let text = truncated(to: columns)
        let missing = max(0, columns - text.width)
        let before = alignment == .left ? 0 : alignment == .right ? missing : missing / 2
        return DisplayText(untrusted: blanks(before) + text.string + blanks(missing - before))
    }

    /// Where a text stands in a room wider than itself.
    public enum Alignment: Hashable, Sendable {
        case left, right, centre
    }

    private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

    /// The first glyphs that fit into `columns`.
    static func fitting(_ glyphs: [Glyph], in columns: Int) -> [Glyph] {
        var left = columns
        return Array(
            glyphs.prefix { glyph in
                left -= glyph.width
                return left >= 0
            })
    }
}
