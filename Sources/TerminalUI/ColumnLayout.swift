/// Shares a width among columns: fixed ones get theirs, flexible ones the rest.
public struct ColumnLayout: Hashable, Sendable {
    /// How wide one column wants to be.
    public enum Column: Hashable, Sendable {
        /// Always this wide.
        case fixed(Int)
        /// At least `minimum`, and of what is left a share by `weight`.
        case flexible(minimum: Int, weight: Int = 1)

        var minimum: Int {
            switch self {
            case .fixed(let width): max(0, width)
            case .flexible(let minimum, _): max(0, minimum)
            }
        }

        var weight: Int {
            switch self {
            case .fixed: 0
            case .flexible(_, let weight): max(0, weight)
            }
        }
    }

    public var columns: [Column]
    /// Blank columns between two neighbours.
    public var gap: Int

    public init(_ columns: [Column], gap: Int = 1) {
        self.columns = columns
        self.gap = max(0, gap)
    }

    /// The columns' rectangles in `area`, from left to right, one for each column.
    ///
    /// Where even the minimum widths do not fit, columns are dropped from the right: theirs are empty, but the first one gets
    /// all there is. Put what matters most to the left.
    public func rects(in area: Rect) -> [Rect] {
        let widths = widths(in: area.width)
        var x = area.x
        return widths.map { width in
            let rect = Rect(x: min(x, area.maxX), y: area.y, width: width, height: area.height)
            if width > 0 { x += width + gap }
            return rect
        }
    }

    private func widths(in width: Int) -> [Int] {
        var shown: [Column] = []
        var left = width
        for column in columns {
            let needed = column.minimum + (shown.isEmpty ? 0 : gap)
            guard needed <= left || shown.isEmpty else { break }
            left -= needed
            shown.append(column)
        }
        var result = shown.map(\.minimum)
        if left < 0, let first = result.first { result[0] = first + left }
        share(max(0, left), among: shown, widths: &result)
        return result + Array(repeating: 0, count: columns.count - shown.count)
    }

    /// Gives the spare columns out by weight; what a division leaves goes to the first ones, so that nothing is lost.
    private func share(_ spare: Int, among shown: [Column], widths: inout [Int]) {
        var weights = shown.reduce(0) { $0 + $1.weight }
        var left = spare
        for (index, column) in shown.enumerated() where column.weight > 0 {
            let part = (left * column.weight + weights - 1) / weights
            widths[index] += part
            left -= part
            weights -= column.weight
        }
    }
}
