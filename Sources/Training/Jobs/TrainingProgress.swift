/// How far a training is, as its worker tells it. A reading: the newest one counts, none is kept.
public struct TrainingProgress: Hashable, Sendable, Codable {
    public var step: Int?
    public var steps: Int?
    public var loss: Double?
    /// What the worker said, where it is not a count of steps.
    public var text: String?

    /// Counts beyond a thousand million are cut off there: they come from outside, and are counted with.
    public init(step: Int? = nil, steps: Int? = nil, loss: Double? = nil, text: String? = nil) {
        func bounded(_ count: Int) -> Int { min(max(count, -1_000_000_000), 1_000_000_000) }
        self.step = step.map(bounded)
        self.steps = steps.map(bounded)
        self.loss = loss
        self.text = text
    }

    /// From 0 to 1, where step and steps are known.
    public var fraction: Double? {
        guard let step, let steps, steps > 0 else { return nil }
        return min(1, max(0, Double(step) / Double(steps)))
    }
}

/// The endpoint's queue and workers (`/health`); a number that is missing there reads 0.
public struct EndpointHealth: Hashable, Sendable, Codable {
    public var inQueue: Int
    public var inProgress: Int
    public var completed: Int
    public var failed: Int
    public var idle: Int
    public var initializing: Int
    public var ready: Int
    public var running: Int
    public var throttled: Int
    public var unhealthy: Int

    /// Counts are cut off at a million.
    public init(
        inQueue: Int = 0, inProgress: Int = 0, completed: Int = 0, failed: Int = 0, idle: Int = 0, initializing: Int = 0,
        ready: Int = 0,
        running: Int = 0, throttled: Int = 0, unhealthy: Int = 0
    ) {
        func bounded(_ count: Int) -> Int { min(max(count, 0), 1_000_000) }
        self.inQueue = bounded(inQueue)
        self.inProgress = bounded(inProgress)
        self.completed = bounded(completed)
        self.failed = bounded(failed)
        self.idle = bounded(idle)
        self.initializing = bounded(initializing)
        self.ready = bounded(ready)
        self.running = bounded(running)
        self.throttled = bounded(throttled)
        self.unhealthy = bounded(unhealthy)
    }

    /// Jobs wait and nothing is there to take them.
    public var hasNoCapacity: Bool { inQueue > 0 && idle + initializing + ready + running == 0 }
}
