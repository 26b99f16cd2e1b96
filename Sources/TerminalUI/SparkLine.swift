/// A curve in one row, such as a training's loss: `█▆▅▃▃▂▂▁`.
public struct SparkLine: Hashable, Sendable {
    /// In order of time. What is not finite is drawn as a gap.
    public var values: [Double]
    public var style: Style

    public init(_ values: [Double], style: Style = Style(.accent)) {
        self.values = values
        self.style = style
    }

    /// Draws the curve over the first row of `area`, from its lowest to its highest value.
    ///
    /// Where there are more values than columns, each column shows the mean of its share, so a long training fits whole.
    /// Equal values are drawn at the lowest step.
    public func draw(in area: Rect, on buffer: inout Buffer) {
        guard !area.isEmpty, !values.isEmpty else { return }
        let points = SparkLine.points(values, columns: area.width)
        let known = points.compactMap(\.self)
        guard let lowest = known.min(), let highest = known.max() else { return }
        let sparks = buffer.charset.symbols.sparks
        let range = highest - lowest
        for (column, point) in points.enumerated() {
            guard let point else { continue }
            let height = range > 0 && range.isFinite ? (point - lowest) / range : 0
            let step = min(sparks.count - 1, Int(height * Double(sparks.count)))
            buffer.putSymbol(sparks[step], x: area.x + column, y: area.y, style: style, in: area.splitTop(1).top)
        }
    }

    /// One value a column, at most `columns`: the mean of the finite values in its share, nil where there are none.
    static func points(_ values: [Double], columns: Int) -> [Double?] {
        let count = min(columns, values.count)
        return (0..<count).map { column in
            let share = values[column * values.count / count..<(column + 1) * values.count / count].filter(\.isFinite)
            return share.isEmpty ? nil : share.reduce(0) { $0 + $1 / Double(share.count) }
        }
    }
}
