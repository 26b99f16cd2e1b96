/// Which characters the terminal can show: a screen for a terminal without UTF-8 is painted with ASCII alone.
public enum Charset: Hashable, Sendable {
    case unicode
    case ascii

    /// The characters of frames, bars and cuts.
    var symbols: Symbols { self == .unicode ? .unicode : .ascii }

    /// What the charset shows in place of a glyph, in as many columns.
    func shown(_ glyph: DisplayText.Glyph) -> DisplayText.Glyph {
        guard self == .ascii, !glyph.text.utf8.allSatisfy({ $0 < 0x80 }) else { return glyph }
        let substitute = Symbols.asciiSubstitutes[glyph.text] ?? "?"
        return DisplayText.Glyph(text: substitute, width: glyph.width)
    }
}

/// The named characters that widgets draw with; each takes one column.
struct Symbols: Hashable, Sendable {
    var horizontal: String
    var vertical: String
    var topLeft: String
    var topRight: String
    var bottomLeft: String
    var bottomRight: String
    var ellipsis: String
    /// From an eighth of a cell to a full one; ASCII knows only the full one.
    var barEighths: [String]
    var barRest: String
    /// From the lowest to the highest.
    var sparks: [String]

    static let unicode = Symbols(
        horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘", ellipsis: "…",
        barEighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], barRest: "░",
        sparks: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    )

    static let ascii = Symbols(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", ellipsis: "~",
        barEighths: ["#"], barRest: ".", sparks: ["_", ".", "-", "=", "+", "*", "%", "#"]
    )

    /// What stands for the characters of our own texts in ASCII; everything else becomes `?`.
    static let asciiSubstitutes: [String: String] = [
        "─": "-", "━": "-", "═": "=", "│": "|", "┃": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "…": "~",
        "█": "#", "░": ".", "✓": "v", "✗": "x", "✔": "v", "✘": "x", "●": "*", "○": "o", "◌": "o", "•": "*", "·": ".", "▶": ">",
        "▸": ">", "▲": "^", "▼": "v", "◀": "<", "→": ">", "←": "<", "↑": "^", "↓": "v", "–": "-", "—": "-", "×": "x", "’": "'",
        "‘": "'", "“": "\"", "”": "\"", "⚠": "!", "␛": "?", "≈": "~", "≥": ">", "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+",
        "▆": "*", "▇": "%",
    ]
}
