/// Measures how long a step takes, from readings of a training's step count.
///
/// The median of recent stretches, not the mean since the start: a pause for a checkpoint or a sample image does not spoil it, and a
/// GPU that slows down is seen. A reading that goes back means that the training began anew, and so does the measuring.
public struct RateMeter: Hashable, Sendable {
    private struct Sample: Hashable {
        var step: Int
        var time: Timestamp
    }

    /// Seconds a step over one stretch of readings.
    private struct Stretch: Hashable {
        var steps: Int
        var secondsPerStep: Double
    }

    private var newest: Sample?
    /// Where the stretch that is being measured began.
    private var anchor: Sample?
    private var stretches: [Stretch] = []

    /// How many stretches are remembered.
    private static let memory = 48
    /// A stretch has at least so many seconds: shorter ones measure how the log was sent, not how the GPU works.
    private static let shortest = Seconds.seconds(5)
    /// Stretches before a rate is believed.
    private static let needed = 3

    public init() {}

    /// The newest step that was seen, and when.
    public var last: (step: Int, time: Timestamp)? { newest.map { ($0.step, $0.time) } }

    public mutating func note(step: Int, at time: Timestamp) {
        let sample = Sample(step: step, time: time)
        guard let before = newest, step >= before.step else {
            self = RateMeter()
            (newest, anchor) = (sample, sample)
            return
        }
        guard step > before.step, time > before.time, let from = anchor else { return }
        newest = sample
        guard time - from.time >= RateMeter.shortest else { return }
        let steps = step - from.step
        stretches.append(Stretch(steps: steps, secondsPerStep: (time - from.time).inSeconds / Double(steps)))
        stretches.removeFirst(max(0, stretches.count - RateMeter.memory))
        anchor = sample
    }

    /// The median, and by which share of it the true mean may be off; nil until there is enough to measure.
    public var secondsPerStep: (median: Double, spread: Double)? {
        guard stretches.count >= RateMeter.needed else { return nil }
        let sorted = stretches.map(\.secondsPerStep).sorted()
        let median = sorted.median
        let deviation = sorted.map { abs($0 - median) }.sorted().median
        // Half the stretches lie within the deviation; neighbours resemble each other, so that only a part of them counts as new.
        // The factor is measured, not derived: with it the truth lies in the range nine times of ten (TimeLeftTests).
        let share = deviation / median * 4.6 / Double(max(1, sorted.count / 3)).squareRoot()
        return (median, min(0.5, max(0.046, share)))
    }

    /// Whether no step has come for so long that the rate says nothing about now.
    public func isStalled(at now: Timestamp) -> Bool {
        guard let newest else { return false }
        let usual = Seconds((secondsPerStep?.median ?? 1) * 40)
        return now - newest.time > max(usual, .minutes(3))
    }
}

extension [Double] {
    /// Of a sorted list that is not empty.
    var median: Double {
        guard !isEmpty else { return 0 }
        return count % 2 == 1 ? self[count / 2] : (self[count / 2 - 1] + self[count / 2]) / 2
    }
}
