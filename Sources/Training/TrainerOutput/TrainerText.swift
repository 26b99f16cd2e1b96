/// A trainer's line as a terminal would leave it, harmless to show.
public enum TrainerText {
    /// More of a line is cut off, in characters.
    public static let limit = 1000

    /// Carriage returns obeyed (what was written last stands), escape sequences and control characters gone, blanks at the end too.
    public static func visible(_ raw: String) -> String {
        var shown = String.UnicodeScalarView()
        var scalars = raw.unicodeScalars.prefix(limit * 64)[...]
        var isNew = false
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\u{1B}", "\u{9B}": skipSequence(after: scalar, in: &scalars)
            case "\r", "\n": isNew = true
            case "\u{08}": if !shown.isEmpty { shown.removeLast() }
            case "\t": shown.append(" ")
            default:
                guard isHarmless(scalar) else { continue }
                // A bar that is begun anew replaces the old one at its first visible sign; a blank one is only an eraser.
                if isNew, !scalar.properties.isWhitespace {
                    shown.removeAll()
                    isNew = false
                }
                if !isNew { shown.append(scalar) }
            }
        }
        while shown.last?.properties.isWhitespace == true { shown.removeLast() }
        let text = String(shown)
        return text.count <= limit ? text : text.prefix(limit) + "…"
    }

    /// No control characters, and nothing that turns the direction of what stands beside it.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xE0000...0xE007F: false
        default: true
        }
    }

    /// `ESC [ … letter`, `ESC ] … BEL` or `ESC \`, and others of two signs.
    private static func skipSequence(after start: Unicode.Scalar, in rest: inout Substring.UnicodeScalarView) {
        let kind = start == "\u{9B}" ? "[" : rest.popFirst()
        switch kind {
        case "[":
            while let scalar = rest.popFirst(), !(0x40...0x7E).contains(scalar.value) {}
        case "]", "P", "X", "^", "_":
            while let scalar = rest.popFirst(), scalar != "\u{07}" {
                if scalar == "\u{1B}" {
                    rest = rest.first == "\\" ? rest.dropFirst() : rest
                    return
                }
            }
        case "(", ")", "*", "+": rest = rest.dropFirst()
        default: break
        }
    }
}
