/// A footer's pairs of key and word: ` q quit  ? help`.
public struct KeyHints: Hashable, Sendable {
    /// A key's name and what it does, in a word.
    public struct Hint: Hashable, Sendable {
        public var key: DisplayText
        public var word: DisplayText

        public init(_ key: DisplayText, _ word: DisplayText) {
            self.key = key
            self.word = word
        }

        var width: Int { key.width + 1 + word.width }
    }

    /// The most important ones first: what does not fit is left out from the end.
    public var hints: [Hint]

    public init(_ hints: [Hint]) {
        self.hints = hints
    }

    /// Draws whole pairs over the first row of `area`; half a hint would mislead.
    public func draw(in area: Rect, on buffer: inout Buffer) {
        guard !area.isEmpty else { return }
        let row = area.splitTop(1).top
        buffer.fill(row, style: Style(.footer))
        var x = row.x + 1
        for hint in hints {
            guard x + hint.width <= row.maxX else { return }
            x = buffer.put(hint.key, x: x, y: row.y, style: Style(.key), in: row)
            x = buffer.put(hint.word, x: x + 1, y: row.y, style: Style(.footer), in: row) + 2
        }
    }
}
