/// How long something still takes: a range.
public struct TimeEstimate: Hashable, Sendable {
    /// What it rests on.
    public enum Basis: String, Hashable, Sendable {
        /// The rate of this very training.
        case measured
        /// Our own trainings before it.
        case history
        /// The table, and nothing of our own.
        case table
    }

    public var low: Seconds
    public var high: Seconds
    public var basis: Basis

    public init(low: Seconds, high: Seconds, basis: Basis) {
        self.low = max(low, .seconds(0))
        self.high = max(high, self.low)
        self.basis = basis
    }

    public var middle: Seconds { Seconds(milliseconds: (low.milliseconds + high.milliseconds) / 2) }
}

/// Works out what is left of a training on its worker; nothing where whatever could be said would be wrong.
public struct TimeEstimator: Hashable, Sendable {
    public let steps: Int
    /// RunPod's id of the GPU; nil where it is not known.
    public var gpu: String?
    public private(set) var meter = RateMeter()
    /// The trainer's newest stage; nil before it said anything.
    public private(set) var stage: TrainingStage?
    private var stageSince: Timestamp?

    public init(steps: Int, gpu: String? = nil) {
        self.steps = steps
        self.gpu = gpu
    }

    public mutating func note(step: Int, at time: Timestamp) {
        if let last = meter.last, step < last.step { (stage, stageSince) = (nil, nil) }
        meter.note(step: step, at: time)
        note(.training, at: time)
    }

    /// A checkpoint in the middle is announced as saving: until the last step, it leads back to training.
    public mutating func note(_ new: TrainingStage, at time: Timestamp) {
        guard new != stage else { return }
        let isDone = meter.last.map { $0.step >= steps - 1 } ?? false
        if new > .training, !isDone { return }
        if let stage, new < stage { return }
        (stage, stageSince) = (new, time)
    }

    /// - Parameter runningSince: when it was first seen on a worker.
    /// - Returns: nil once it has run over what could be expected, and while no step comes any more.
    public func left(at now: Timestamp, runningSince: Timestamp, history: RunHistory) -> TimeEstimate? {
        let upload = history.upload
        guard let last = meter.last else {
            let data = history.data
            let rate = history.secondsPerStep(on: gpu)
            let elapsed = (now - runningSince).inSeconds
            let parts = [
                data, .init(seconds: rate.seconds * Double(steps), spread: rate.spread, isLearned: rate.isLearned), upload,
            ]
            // Longer before the first step than ever: the rest is still to come, but nobody knows when it begins.
            guard elapsed < data.seconds * (1 + data.spread) + 120 else { return nil }
            return estimate(parts, less: min(elapsed, data.seconds), basis: rate.isLearned ? .history : .table)
        }
        guard last.step < steps - 1 else { return afterTraining(at: now, upload) }
        guard !meter.isStalled(at: now) else { return nil }
        let rest = Double(steps - last.step)
        let since = (now - last.time).inSeconds
        if let measured = meter.secondsPerStep {
            // The first minutes of a rate are its least sure ones; what is left has its own luck, too.
            let spread = measured.spread + 0.03
            let training = RunHistory.Figure(seconds: measured.median * rest, spread: spread, isLearned: true)
            return estimate([training, upload], less: since, basis: .measured)
        }
        let rate = history.secondsPerStep(on: gpu)
        let training = RunHistory.Figure(seconds: rate.seconds * rest, spread: rate.spread, isLearned: rate.isLearned)
        return estimate([training, upload], less: since, basis: rate.isLearned ? .history : .table)
    }

    private func afterTraining(at now: Timestamp, _ upload: RunHistory.Figure) -> TimeEstimate? {
        let since = (now - (meter.last?.time ?? now)).inSeconds
        guard since < upload.seconds * (1 + upload.spread) + 60 else { return nil }
        return estimate([upload], less: min(since, upload.seconds), basis: upload.isLearned ? .history : .table)
    }

    private func estimate(_ parts: [RunHistory.Figure], less elapsed: Double, basis: TimeEstimate.Basis) -> TimeEstimate? {
        let low = parts.reduce(0) { $0 + $1.seconds * (1 - $1.spread) } - elapsed
        let high = parts.reduce(0) { $0 + $1.seconds * (1 + $1.spread) } - elapsed
        guard high > 0 else { return nil }
        return TimeEstimate(low: Seconds(max(0, low)), high: Seconds(high), basis: basis)
    }
}
