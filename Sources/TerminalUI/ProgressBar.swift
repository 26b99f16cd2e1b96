/// How much of something is done, as a bar: `██████▌░░░`.
public struct ProgressBar: Hashable, Sendable {
    /// From 0 to 1; what lies outside is drawn as the nearer end, and what is not a number as 0.
    public var fraction: Double
    public var done: Style
    public var rest: Style

    public init(fraction: Double, done: Style = Style(.bar), rest: Style = Style(.barRest)) {
        self.fraction = fraction.isNaN ? 0 : min(1, max(0, fraction))
        self.done = done
        self.rest = rest
    }

    /// Draws the bar over the first row of `area`, in steps of an eighth of a cell where the charset has them.
    ///
    /// The last step is drawn only when everything is done: a bar never looks finished at 99.9 %.
    public func draw(in area: Rect, on buffer: inout Buffer) {
        guard !area.isEmpty else { return }
        let symbols = buffer.charset.symbols
        let eighths = symbols.barEighths
        let steps = Int((Double(area.width * eighths.count) * fraction).rounded(.down))
        let row = area.splitTop(1).top
        for column in 0..<area.width {
            let filled = min(eighths.count, max(0, steps - column * eighths.count))
            let symbol = filled == 0 ? symbols.barRest : eighths[filled - 1]
            buffer.putSymbol(symbol, x: area.x + column, y: area.y, style: filled == 0 ? rest : done, in: row)
        }
    }
}
