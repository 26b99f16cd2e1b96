/// Times and money of an attempt, worked out from what is known; nil rather than a guess, never 0 for what is not known.
extension Attempt {
    /// When its way to RunPod began: the submission; before it the queueing; of somebody else's job what its version says.
    private var beganAt: Timestamp { submittedAt ?? (isAdopted ? acceptedAt : nil) ?? queuedAt }

    /// When it had ended: by RunPod's own times, else by what is known of an end that nobody watched, else when we saw it.
    /// Nil while it is open.
    public var finishedAt: Timestamp? {
        guard let ending = phase.ending else { return nil }
        return endByRunPod(before: ending.at) ?? ending.unwatched?.at ?? ending.at
    }

    /// Whether `finishedAt`, and with it what counts up to it, is only about right.
    public var isFinishApproximate: Bool {
        guard let ending = phase.ending else { return false }
        return ending.unwatched != nil && endByRunPod(before: ending.at) == nil
    }

    /// RunPod counts its delay anew when it gives a job to another worker; then its times do not add up to the end.
    private func endByRunPod(before latest: Timestamp) -> Timestamp? {
        guard let execution = finalExecutionTime, let delay = firstDelay else { return nil }
        return min(latest, beganAt + delay + execution)
    }

    /// RunPod's word on how long it ran; nil before its end, and where RunPod has forgotten it.
    var finalExecutionTime: Seconds? {
        guard let observed, observed.state.isFinal else { return nil }
        return observed.executionTime.map { Seconds(milliseconds: Int64($0)) }
    }

    /// From the submission to the first start; nil where RunPod has counted anew.
    private var firstDelay: Seconds? {
        guard let observed, (observed.retries ?? 0) == 0 else { return nil }
        return observed.delayTime.map { Seconds(milliseconds: Int64($0)) }
    }

    /// When it came on a worker: as RunPod tells it, for we may have looked long after; else when it was first seen there.
    private var workedFrom: Timestamp? {
        guard let startedAt else { return nil }
        return firstDelay.map { min(startedAt, beganAt + $0) } ?? startedAt
    }

    /// When it can have come on its worker at the earliest, by our clock: RunPod's delay counts from a moment after the request left us.
    /// Where RunPod has counted it anew, only the submission is sure.
    public var earliestStart: Timestamp {
        let start = beganAt + (firstDelay ?? .seconds(0))
        return startedAt.map { min($0, start) } ?? start
    }

    /// From the submission (before it, from the queueing) to the end, or to `now`.
    public func elapsed(at now: Timestamp) -> Seconds { (finishedAt ?? now) - beganAt }

    /// How long it waited at RunPod: by RunPod's own word once it runs, else by our clock. Nil where nobody saw the waiting end.
    public func queueTime(at now: Timestamp) -> Seconds? {
        if startedAt != nil || finalExecutionTime != nil, let delay = observed?.delayTime {
            return Seconds(milliseconds: Int64(delay))
        }
        guard let acceptedAt else { return nil }
        if startedAt == nil, isFinishApproximate || finalExecutionTime != nil { return nil }
        return (startedAt ?? finishedAt ?? now) - acceptedAt
    }

    /// How long it has been on a worker: by RunPod's word after the end, else by our clock.
    public func trainingTime(at now: Timestamp) -> Seconds? {
        if phase.isDone, let execution = finalExecutionTime { return execution }
        guard let workedFrom else { return nil }
        return max(Seconds(0), (finishedAt ?? now) - workedFrom)
    }

    /// Whether `trainingTime`, and with it the cost, is only about right: it ended, and RunPod did not tell how long it ran.
    public var isTrainingTimeApproximate: Bool { phase.isDone && startedAt != nil && finalExecutionTime == nil }

    /// What is left until the end of the training, from the measured rate where there is one and else from what was expected.
    /// Nil while it is not on a worker, and when it has run over: a wrong figure is worse than none.
    /// - Parameter rate: steps a second.
    public func timeLeft(at now: Timestamp, progress: TrainingProgress?, rate: Double?) -> Seconds? {
        guard !phase.isDone, let workedFrom else { return nil }
        if let rate, rate > 0, let step = progress?.step, let steps = progress?.steps, steps >= step {
            return Seconds(Double(steps - step) / rate)
        }
        guard let expected = order?.expectation.duration else { return nil }
        let left = expected - (now - workedFrom)
        return left > Seconds(0) ? left : nil
    }

    /// How far it has run beyond what was expected; nil while it has not.
    public func overrun(at now: Timestamp) -> Seconds? {
        guard !phase.isDone, let workedFrom, let expected = order?.expectation.duration else { return nil }
        let over = (now - workedFrom) - expected
        return over > Seconds(0) ? over : nil
    }

    /// What it costs. A platform that gave the job to a worker again may have billed twice; that is not in here.
    public func cost(at now: Timestamp) -> Cost {
        let spending = spending(at: now)
        return Cost(
            estimated: order?.expectation.cost, soFar: spending.soFar?.dollars, actual: spending.actual?.dollars,
            isApproximate: spending.soFar != nil && isTrainingTimeApproximate)
    }

    /// US dollars; nil where not known.
    public struct Cost: Hashable, Sendable {
        public var estimated: Double?
        public var soFar: Double?
        /// After the end, from RunPod's execution time.
        public var actual: Double?
        /// It ended and RunPod did not tell how long it ran: `soFar` is what our own clock can vouch for, or what the model's file tells.
        public var isApproximate: Bool

        public init(estimated: Double? = nil, soFar: Double? = nil, actual: Double? = nil, isApproximate: Bool = false) {
            self.estimated = estimated
            self.soFar = soFar
            self.actual = actual
            self.isApproximate = isApproximate
        }
    }
}

extension Attempt {
    /// Whole minutes since it began: `39m`, `~39m` where its end is only about known.
    public func minutesText(at now: Timestamp) -> String {
        (isFinishApproximate ? "~" : "") + "\(elapsed(at: now).wholeMinutes)m"
    }
}
