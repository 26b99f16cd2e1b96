extension DisplayText {
    /// The most scalars that a text keeps, with its `…`: more than any screen shows, less than what makes a frame slow.
    public static let maximumScalars = 4096
    /// The most combining marks that a base character keeps; the rest would pile up over the neighbouring lines.
    public static let maximumCombiningMarks = 4

    /// What stands for a whole escape sequence.
    static let sequenceMark: Unicode.Scalar = "\u{241B}"
    /// What stands for a character that must not be drawn, or a cluster whose width terminals disagree about.
    static let characterMark: Unicode.Scalar = "\u{FFFD}"
    /// What carries a combining mark that has no base, so that it cannot settle on somebody else's cell.
    static let emptyBase: Unicode.Scalar = "\u{25CC}"

    /// The one rule for all text. Applied to its own result it changes nothing.
    static func sanitised(_ raw: String) -> String {
        raw.utf8.count <= maximumScalars && isPlain(raw) ? raw : sanitisedInFull(raw)
    }

    static func sanitisedInFull(_ raw: String) -> String {
        let (text, isShortened) = withoutControls(raw)
        var result: [Unicode.Scalar] = []
        // How much may be kept so that `…` still fits.
        var cut = 0
        var combining = 0
        for cluster in text {
            appendHarmless(cluster, to: &result, combining: &combining)
            if result.count > maximumScalars { return string(result[..<cut] + ["…"]) }
            if result.count < maximumScalars { cut = result.count }
        }
        return string(isShortened ? result[..<cut] + ["…"] : result[...])
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    /// Appends what one grapheme cluster may show. `combining` counts the marks on the last base, which go on over clusters:
    /// a lone Hangul vowel is a cluster of its own, yet takes no column of its own.
    private static func appendHarmless(_ cluster: Character, to result: inout [Unicode.Scalar], combining: inout Int) {
        let scalars = cluster.unicodeScalars
        if scalars.count > 1, scalars.contains(where: joinsEmoji) {
            result.append(characterMark)
            combining = 0
            return
        }
        for scalar in scalars {
            guard isDrawable(scalar), TextWidth.columns(of: scalar) == 0 else {
                result.append(isDrawable(scalar) ? scalar : characterMark)
                combining = 0
                continue
            }
            if result.isEmpty { result.append(emptyBase) }
            if combining < maximumCombiningMarks { result.append(scalar) }
            combining += 1
        }
    }

    /// What makes one picture of several scalars in some terminals and not in others, so that nobody knows its width:
    /// the joiner, the variation selectors, skin tones, the keycap, and the tags of regional flags.
    private static func joinsEmoji(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200D, 0x20E3, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: true
        default: false
        }
    }

    private static func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
        guard TextWidth.tableWidth(of: scalar) != nil, !scalar.properties.isDefaultIgnorableCodePoint else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }
}
