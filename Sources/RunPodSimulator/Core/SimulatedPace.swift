import Training

/// How a training goes through its steps: the GPU's pace wavers from stretch to stretch, and every 500 steps it pauses for a sample.
struct SimulatedPace: Hashable, Sendable {
    let steps: Int
    /// From the start of the run to the first step.
    let loading: Seconds
    let training: Seconds
    /// Saving and upload after the last step.
    let upload: Seconds

    private static let stretch = 25
    /// The share of the training's time that is over at the end of each stretch.
    private let ends: [Double]

    init(steps: Int, loading: Seconds, training: Seconds, upload: Seconds, chance: SplitMix64) {
        self.steps = steps
        self.loading = loading
        self.training = training
        self.upload = upload
        var chance = chance
        var sum = 0.0
        var mood = 1.0
        let count = (steps + SimulatedPace.stretch - 1) / SimulatedPace.stretch
        let sums = (0..<count).map { index in
            mood = 1 + (mood - 1) * 0.6 + chance.between(-0.12, 0.12)
            let width = Double(min(SimulatedPace.stretch, steps - index * SimulatedPace.stretch))
            sum += width * mood + (index % 20 == 19 ? 6 : 0)
            return sum
        }
        ends = sums.map { $0 / sum }
    }

    /// When a step is done, counted from the start of the run; a share of a step is taken as it is.
    func time(ofStep step: Double) -> Seconds {
        let place = min(ends.count - 1, max(0, Int(step) / SimulatedPace.stretch))
        let first = Double(place * SimulatedPace.stretch)
        let width = min(Double(SimulatedPace.stretch), Double(steps) - first)
        let (from, to) = (place == 0 ? 0 : ends[place - 1], ends[place])
        return loading + training * (from + (to - from) * min(1, max(0, (step - first) / width)))
    }

    /// How many steps are done; nil before the first begins.
    func steps(at time: Seconds) -> Double? {
        let share = (time - loading).inSeconds / training.inSeconds
        guard share > 0 else { return nil }
        guard share < 1, let place = ends.firstIndex(where: { $0 > share }) else { return Double(steps) }
        let first = Double(place * SimulatedPace.stretch)
        let width = min(Double(SimulatedPace.stretch), Double(steps) - first)
        let from = place == 0 ? 0 : ends[place - 1]
        return first + width * (share - from) / (ends[place] - from)
    }
}
