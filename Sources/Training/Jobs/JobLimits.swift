/// The limits that RunPod really holds a job to, which are not always those that we would have set: a server may forward none, and a
/// page may set its own.
public struct JobLimits: Hashable, Sendable, Codable {
    /// On a worker. Nil where neither the request nor the endpoint's settings told it.
    public var execution: Seconds?
    /// From the submission to the end, queue and run.
    public var lifetime: Seconds

    /// RunPod's own for a request that names none (its documents).
    public static let standardLifetime = Seconds.hours(24)

    public init(execution: Seconds?, lifetime: Seconds) {
        self.execution = execution
        self.lifetime = lifetime
    }

    /// Of a request that was sent with our own `policy`.
    public init(_ expectation: Expectation) {
        self.init(execution: expectation.executionTimeout, lifetime: expectation.timeToLive)
    }

    /// RunPod's own, of a request whose `policy` nobody set or nobody forwarded.
    /// - Parameter endpoint: the endpoint's own limit of execution, where it is known.
    public static func standard(endpoint: Seconds?) -> JobLimits {
        JobLimits(execution: endpoint, lifetime: standardLifetime)
    }
}

extension Order {
    /// The limits to judge by.
    public var lastingLimits: JobLimits { limits ?? JobLimits(expectation) }

    /// How long after an unanswered submission its job may still leave a model: lifetime, execution and ten minutes, because nothing
    /// says that RunPod stops a running worker when the lifetime ends. An execution limit that nobody knows counts as the one that we
    /// would have set, three times the training.
    public var uncertaintyHorizon: Seconds {
        lastingLimits.lifetime + (lastingLimits.execution ?? expectation.executionTimeout) + .minutes(10)
    }
}

extension Attempt {
    /// Until when an unanswered submission may still leave a model; nil where none is in doubt. Counted from when nothing could be
    /// sending any more, which is when the doubt was recorded: between record and request the computer may have slept for hours.
    public var doubtEnds: Timestamp? {
        guard phase.name == .uncertain, let order else { return nil }
        return max(phase.since, submittedAt ?? phase.since) + order.uncertaintyHorizon
    }

    /// When RunPod's limits are over for a job that it accepted: of execution where it is on a worker, else of its whole life. Nil where
    /// they are not known, which is of somebody else's.
    public var limitsEnd: Timestamp? {
        guard let limits = order?.lastingLimits else { return nil }
        // Given back to the queue it may start anew.
        if let dispatchedAt, let execution = limits.execution { return dispatchedAt + execution }
        return max(submittedAt ?? queuedAt, dispatchedAt ?? queuedAt) + limits.lifetime
    }
}
