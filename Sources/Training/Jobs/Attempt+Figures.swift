/// Times and money of an attempt, worked out from what is known; nil rather than a guess, never 0 for what is not known.
extension Attempt {
    /// From the submission (before it, from the queueing) to the end, or to `now`.
    public func elapsed(at now: Timestamp) -> Seconds {
        (endedAt ?? now) - (submittedAt ?? queuedAt)
    }

    /// How long it waited at RunPod: by RunPod's own word once it runs, else by our clock.
    public func queueTime(at now: Timestamp) -> Seconds? {
        if startedAt != nil, let delay = observed?.delayTime { return Seconds(milliseconds: Int64(delay)) }
        guard let acceptedAt else { return nil }
        return (startedAt ?? endedAt ?? now) - acceptedAt
    }

    /// How long it has been on a worker: by RunPod's word after the end, else by our clock.
    public func trainingTime(at now: Timestamp) -> Seconds? {
        if phase.isDone, let execution = observed?.executionTime { return Seconds(milliseconds: Int64(execution)) }
        guard let startedAt else { return nil }
        return (endedAt ?? now) - startedAt
    }

    /// What is left until the end of the training, from the measured rate where there is one and else from what was expected.
    /// Nil while it is not on a worker, and when it has run over: a wrong figure is worse than none.
    /// - Parameter rate: steps a second.
    public func timeLeft(at now: Timestamp, progress: TrainingProgress?, rate: Double?) -> Seconds? {
        guard !phase.isDone, let startedAt else { return nil }
        if let rate, rate > 0, let step = progress?.step, let steps = progress?.steps, steps >= step {
            return Seconds(Double(steps - step) / rate)
        }
        guard let expected = order?.expectation.duration else { return nil }
        let left = expected - (now - startedAt)
        return left > Seconds(0) ? left : nil
    }

    /// How far it has run beyond what was expected; nil while it has not.
    public func overrun(at now: Timestamp) -> Seconds? {
        guard !phase.isDone, let startedAt, let expected = order?.expectation.duration else { return nil }
        let over = (now - startedAt) - expected
        return over > Seconds(0) ? over : nil
    }

    /// What it costs. A platform that gave the job to a worker again may have billed twice; that is not in here.
    public func cost(at now: Timestamp) -> Cost {
        let spending = spending(at: now)
        return Cost(
            estimated: order?.expectation.cost, soFar: spending.soFar?.dollars, actual: spending.actual?.dollars)
    }

    /// US dollars; nil where not known.
    public struct Cost: Hashable, Sendable {
        public var estimated: Double?
        public var soFar: Double?
        /// After the end, from RunPod's execution time.
        public var actual: Double?

        public init(estimated: Double? = nil, soFar: Double? = nil, actual: Double? = nil) {
            self.estimated = estimated
            self.soFar = soFar
            self.actual = actual
        }
    }
}
