/// A whole screen as a value: what is on it, and where the cursor stands.
///
/// Views are functions that paint into a rectangle of a buffer; what lies outside of it is cut off. Two equal buffers are the
/// same screen, which is how tests compare pictures and how the terminal knows that nothing is to be sent.
public struct Buffer: Hashable, Sendable {
    public let width: Int
    public let height: Int
    /// Row by row from the top left. A wide character's second cell is a `continuation`; neither ever stands alone.
    public internal(set) var cells: [Cell]
    /// Which characters may be painted; `put`, frames and widgets keep to it.
    public let charset: Charset
    /// Where the terminal's cursor is shown, or nil where it is hidden.
    public var cursor: Position?

    /// A cell's place, counted from the upper left corner, which is 0, 0.
    public struct Position: Hashable, Sendable {
        public var x: Int
        public var y: Int
        public init(x: Int, y: Int) {
            self.x = x
            self.y = y
        }
    }

    /// A screen of blanks.
    public init(width: Int, height: Int, charset: Charset = .unicode) {
        self.width = max(0, width)
        self.height = max(0, height)
        self.charset = charset
        self.cells = Array(repeating: Cell(scalar: " ", .text), count: self.width * self.height)
    }

    /// A screen from its lines, in plain style, as wide as the widest; for comparing pictures in tests.
    public init(lines: [DisplayText], charset: Charset = .unicode) {
        self.init(width: lines.map(\.width).max() ?? 0, height: lines.count, charset: charset)
        for (row, line) in lines.enumerated() { put(line, x: 0, y: row, in: bounds) }
    }

    public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// Reads one cell; nil outside of the screen.
    public subscript(x: Int, y: Int) -> Cell? {
        guard x >= 0, y >= 0, x < width, y < height else { return nil }
        return cells[y * width + x]
    }

    /// The screen's characters line by line, without styles and without the blanks at a line's end.
    public var lines: [String] {
        (0..<height).map { row in
            var line = (0..<width).map { cells[row * width + $0].glyph }.joined()
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
