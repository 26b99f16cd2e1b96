/// The losses of a training, thinned to what a screen can show.
public struct LossCurve: Hashable, Sendable {
    private var points: [Double] = []
    /// How many readings go into one point.
    private var stride = 1
    private var sum = 0.0
    private var count = 0
    private var lastStep = -1

    /// So many points at most; twice as many are halved, so that the curve always spans the whole training.
    public static let limit = 64

    public init() {}

    /// Takes in a reading; one of a step that is known already changes nothing, one that goes back begins a new curve.
    public mutating func note(_ loss: Double, step: Int) {
        guard loss.isFinite, step != lastStep else { return }
        if step < lastStep { self = LossCurve() }
        lastStep = step
        sum += loss
        count += 1
        guard count >= stride else { return }
        points.append(sum / Double(count))
        (sum, count) = (0, 0)
        guard points.count >= LossCurve.limit * 2 else { return }
        points = Swift.stride(from: 0, to: points.count - 1, by: 2).map { (points[$0] + points[$0 + 1]) / 2 }
        stride *= 2
    }

    /// From the first to the newest.
    public var values: [Double] { points }

    /// A row of blocks, at most `width` of them: `█▆▅▃▂▂▁`; empty with fewer than two points.
    public func sparkline(width: Int) -> String {
        guard points.count > 1, width > 1, let least = points.min(), let most = points.max() else { return "" }
        let columns = min(width, points.count)
        let blocks = Array("▁▂▃▄▅▆▇█")
        return String(
            (0..<columns).map { column in
                let slice = points[column * points.count / columns..<(column + 1) * points.count / columns]
                let value = slice.reduce(0, +) / Double(slice.count)
                guard most > least else { return blocks[3] }
                return blocks[min(7, max(0, Int((value - least) / (most - least) * 8)))]
            })
    }
}
