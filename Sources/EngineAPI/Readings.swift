public import Training

/// What is true for the moment: the newest one counts, none is kept in the journal, and any may be skipped.
public enum Reading: Hashable, Sendable {
    /// The engine's time; comes about once a second while something runs, and not at all when nothing does.
    case tick(Timestamp)
    case cast(CastReading)
    case health(HealthReading)
    case route(RouteReading)
    case account(AccountReading)
    /// What a worker of the endpoint should cost, as it was last told.
    case prices(PriceOutlook)
    case progress(AttemptID, ProgressReading)
    /// When an attempt was last asked for, and what came of it.
    case checked(AttemptID, CheckReading)
    /// Why the journal takes nothing, so that nothing is submitted; nil when it takes events again.
    case journal(fault: String?)
    case log(LogLine)

    /// The engine's time that it speaks of; nil where it names none. Now is never earlier.
    public var time: Timestamp? {
        switch self {
        case .tick(let time): time
        case .cast(let reading): reading.asOf
        case .health(let reading): reading.asOf
        case .route(let reading): reading.asOf
        case .account(let reading): reading.asOf
        case .progress(_, let reading): reading.asOf
        case .checked(_, let reading): reading.asOf
        case .journal, .prices: nil
        case .log(let line): line.time
        }
    }
}

/// The cast as it was last read.
public struct CastReading: Hashable, Sendable {
    public var actors: [ActorProfile]
    /// When it was last read whole; nil before the first time.
    public var asOf: Timestamp?
    /// Why the newest try failed; the actors are then those of `asOf`.
    public var fault: String?

    public init(actors: [ActorProfile] = [], asOf: Timestamp? = nil, fault: String? = nil) {
        self.actors = actors
        self.asOf = asOf
        self.fault = fault
    }
}

/// The endpoint's health with its age; after a fault, the last good one.
public struct HealthReading: Hashable, Sendable {
    public var health: EndpointHealth?
    public var asOf: Timestamp
    /// Why the newest answer told nothing; nil where it did.
    public var fault: String?
    /// RunPod did answer, and turned the question down.
    public var isRefused: Bool

    public init(health: EndpointHealth?, asOf: Timestamp, fault: String? = nil, isRefused: Bool = false) {
        self.health = health
        self.asOf = asOf
        self.fault = fault
        self.isRefused = isRefused
    }
}

/// How the webhook's way from outside stands.
public struct RouteReading: Hashable, Sendable {
    /// Whether the way is there.
    public enum State: String, Hashable, Sendable {
        case up, down, none
    }
    public var state: State
    /// The public address, or why there is none.
    public var detail: String
    public var asOf: Timestamp
    /// When the address became another one, for as long as trainings run that were sent with an older one: their webhooks do not arrive.
    public var changedAt: Timestamp?

    /// Whether the address is on this machine, where a simulated RunPod calls without any tunnel.
    public var isLocal: Bool {
        state == .up && ["127.0.0.1", "localhost", "[::1]"].contains { detail.hasPrefix("http://\($0):") }
    }

    public init(state: State, detail: String, asOf: Timestamp, changedAt: Timestamp? = nil) {
        self.state = state
        self.detail = detail
        self.asOf = asOf
        self.changedAt = changedAt
    }
}

/// How far a training is, with its age, its rate and the time left.
public struct ProgressReading: Hashable, Sendable {
    public var progress: TrainingProgress
    public var asOf: Timestamp
    /// Steps a second, measured between two readings; nil until it can be.
    public var rate: Double?
    /// What is left from `asOf` on, where it was estimated; nil is “not known” once `loss` or a rate is there.
    public var left: TimeEstimate?
    public var loss: LossCurve

    public init(
        progress: TrainingProgress, asOf: Timestamp, rate: Double? = nil, left: TimeEstimate? = nil, loss: LossCurve = LossCurve()
    ) {
        self.progress = progress
        self.asOf = asOf
        self.rate = rate
        self.left = left
        self.loss = loss
    }
}

/// When an attempt was last asked for, and what was wrong then.
public struct CheckReading: Hashable, Sendable {
    public var asOf: Timestamp
    /// Why the newest answer was no answer; nil when it was one.
    public var fault: String?

    public init(asOf: Timestamp, fault: String? = nil) {
        self.asOf = asOf
        self.fault = fault
    }
}

/// A line of the log that is no event: what a trainer printed, a retry, a file that was passed over.
public struct LogLine: Hashable, Sendable {
    public var time: Timestamp
    public var severity: Note.Severity
    public var attempt: AttemptID?
    /// Raw text of one line.
    public var text: String

    public init(time: Timestamp, severity: Note.Severity = .info, attempt: AttemptID? = nil, text: String) {
        self.time = time
        self.severity = severity
        self.attempt = attempt
        self.text = text
    }
}
