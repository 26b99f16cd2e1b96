/// How long a training should take, what it should cost, and the limits that RunPod is given.
public struct Expectation: Hashable, Sendable, Codable {
    /// From the start on a worker to the end, without the queue.
    public var duration: Seconds
    /// `policy.executionTimeout`: RunPod's default of ten minutes kills a training.
    public var executionTimeout: Seconds
    /// `policy.ttl`: the job's whole life from submission, queue and run; at its end RunPod deletes the job in any state.
    public var timeToLive: Seconds
    /// US dollars for each second of execution; nil where no price is known.
    public var pricePerSecond: Double?
    /// On how many completed trainings of ours the duration rests; nil for the table.
    public var runs: Int?

    public init(
        duration: Seconds, executionTimeout: Seconds, timeToLive: Seconds, pricePerSecond: Double?, runs: Int? = nil
    ) {
        self.duration = duration
        self.executionTimeout = executionTimeout
        self.timeToLive = timeToLive
        self.pricePerSecond = pricePerSecond
        self.runs = runs
    }

    /// Two minutes to start and 0.9 s a step, until our own history knows better (a real training of 2,300 steps ran 1,559 s).
    /// The limit is three times that and at least an hour; the lifetime adds six hours of queue.
    public init(steps: Int, pricePerSecond: Double?) {
        let duration = Seconds.minutes(2) + .seconds(Double(steps) * 0.9)
        let limit = max(duration * 3, .minutes(60))
        self.init(duration: duration, executionTimeout: limit, timeToLive: limit + .hours(6), pricePerSecond: pricePerSecond)
    }

    /// Dollars that the whole training should cost; nil where no price is known.
    public var cost: Double? { pricePerSecond.map { $0 * duration.inSeconds } }
}
