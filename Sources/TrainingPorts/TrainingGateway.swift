public import JSONText
public import Training

/// RunPod's queue, directly or through an Actor Maker server. No call throws: what could not be found out is part of the answer.
public protocol TrainingGateway: Sendable {
    /// The endpoint that jobs go to; kept with each order.
    var endpoint: String { get }
    /// Whether `policy` reaches RunPod; through a foreign server it does not.
    var carriesLimits: Bool { get }
    /// Sends a request once. Never repeats it, whatever happens.
    func submit(_ request: JSONValue) async -> SubmissionAnswer
    /// - Parameter endpoint: where the job was sent, as its order names it; nil where that is not known. A gateway that cannot ask there
    ///   says so and asks nowhere else: a 404 of another endpoint says nothing about the job.
    func status(of job: RunPodID, at endpoint: String?) async -> StatusAnswer
    /// - Parameter endpoint: as for the status.
    func cancel(_ job: RunPodID, at endpoint: String?) async -> CancelAnswer
    func health() async -> HealthAnswer
}

extension TrainingGateway {
    public func status(of job: RunPodID) async -> StatusAnswer { await status(of: job, at: nil) }
    public func cancel(_ job: RunPodID) async -> CancelAnswer { await cancel(job, at: nil) }
}

/// What is known after a submission. An error is uncertain until somebody has written down why it is not.
public enum SubmissionAnswer: Hashable, Sendable {
    case accepted(RunPodID, RunPodState)
    /// Not one byte of the request left: no address, refused, no connection in time.
    case unsent(String)
    /// 429: turned away before it was processed. `retryAfter` where the answer named a time.
    case throttled(String, retryAfter: Seconds?)
    /// Another 4xx with the API's own body: refused for good.
    case rejected(status: Int, String)
    /// Anything else: RunPod may have the job.
    case uncertain(String)
}

/// What is known of a job after it was asked for. Only `known` says anything about the job itself.
public enum StatusAnswer: Hashable, Sendable {
    case known(JobReport)
    /// 404: not yet, or gone.
    case notFound(String)
    /// 401 or 403: the key is wrong.
    case refused(String)
    case throttled(String, retryAfter: Seconds?)
    case failed(String)
}

/// A job as RunPod tells it.
public struct JobReport: Hashable, Sendable {
    public var id: RunPodID
    public var observation: RunPodObservation
    /// The last progress that the worker reported, while it is in progress.
    public var progress: TrainingProgress?
    /// The model's address that a completed job names.
    public var address: String?
    /// One sentence from whatever form the error came in.
    public var error: String?

    public init(
        id: RunPodID, observation: RunPodObservation, progress: TrainingProgress? = nil, address: String? = nil,
        error: String? = nil
    ) {
        self.id = id
        self.observation = observation
        self.progress = progress
        self.address = address
        self.error = error
    }
}

/// What came of asking for the end of a job. None of these says that it has ended.
public enum CancelAnswer: Hashable, Sendable {
    /// RunPod took it; whether the GPU has stopped is another question.
    case taken(RunPodObservation)
    case notFound(String)
    case throttled(String, retryAfter: Seconds?)
    case failed(String)
    /// The server on the other side cannot cancel.
    case notSupported
}

/// What is known of an endpoint after it was asked for.
public enum HealthAnswer: Hashable, Sendable {
    case known(EndpointHealth)
    case refused(String)
    /// 404: there is no such endpoint for this key.
    case notFound(String)
    case failed(String)
    /// The server on the other side has no such call.
    case notSupported
}
