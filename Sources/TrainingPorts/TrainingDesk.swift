public import JSONText
public import Training

/// What stands behind the embedded server's training calls: the engine, so that a page's trainings go through the same outbox as ours.
public protocol TrainingDesk: Sendable {
    /// Takes the body of `POST /api/training/start`.
    func start(_ body: JSONValue) async -> DeskAnswer
    func status(of job: RunPodID) async -> StatusAnswer
    func cancel(_ job: RunPodID) async -> CancelAnswer
    /// Starts a new attempt of the job; its version and its id are new.
    func retry(_ job: RunPodID) async -> DeskAnswer
    /// Somebody says on the unauthenticated webhook that there is news of this job. It may be a lie: it is worth one question to RunPod.
    func webhookHint(_ job: RunPodID) async
}

/// What came of an order that another program gave.
public enum DeskAnswer: Hashable, Sendable {
    case started(RunPodID, RunPodState)
    /// The order is wrong as it stands; nothing was sent.
    case invalid(errors: [String], warnings: [String])
    /// It was not started, or it is not known whether it was; the sentence says which.
    case failed(String)
}

/// The tunnel as the Actor Maker page steers it.
public protocol TunnelControl: Sendable {
    func status() async -> TunnelStatus
    /// - Throws: `PortError` with what to do about it.
    func start() async throws(PortError) -> TunnelStatus
    func stop() async throws(PortError)
}

/// How the tunnel stands, as the page shows it.
public struct TunnelStatus: Hashable, Sendable {
    public var running: Bool
    public var url: String?
    /// The local port that the tunnel leads to, where it is known.
    public var port: Int?

    public init(running: Bool, url: String? = nil, port: Int? = nil) {
        self.running = running
        self.url = url
        self.port = port
    }
}
