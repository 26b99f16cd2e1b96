// What the events of a job and of its attempts carry.

/// A new job: whom it trains and who wanted it.
public struct QueuedJob: Hashable, Sendable, Codable {
    public var actor: ActorID
    public var name: String
    public var origin: Job.Origin
    /// Whether a good or an unjudged model was no objection; nil where nobody was asked, as in older journals.
    public var isOverriding: Bool?

    public init(actor: ActorID, name: String, origin: Job.Origin, isOverriding: Bool? = nil) {
        self.actor = actor
        self.name = name
        self.origin = origin
        self.isOverriding = isOverriding
    }
}

/// A retry: why the job gets another attempt.
public struct QueuedAttempt: Hashable, Sendable, Codable {
    public var reason: String
    /// The pause before it; nil where there is none.
    public var notBefore: Timestamp?
    /// The engine decided it; nil, as in older journals, is a person.
    public var isAutomatic: Bool?

    public init(reason: String, notBefore: Timestamp? = nil, isAutomatic: Bool? = nil) {
        self.reason = reason
        self.notBefore = notBefore
        self.isAutomatic = isAutomatic
    }
}

/// What the version list tells of a training that somebody else started.
public struct Adoption: Hashable, Sendable, Codable {
    public var runpod: RunPodID
    /// The version's name as written: `V7`.
    public var versionName: String
    /// When it was started, where the list says so.
    public var startedAt: Timestamp?
    /// US dollars for each second of execution when it was found; nil where no price is known.
    public var pricePerSecond: Double?

    public init(runpod: RunPodID, versionName: String, startedAt: Timestamp?, pricePerSecond: Double? = nil) {
        self.runpod = runpod
        self.versionName = versionName
        self.startedAt = startedAt
        self.pricePerSecond = pricePerSecond
    }

    public var version: VersionNumber? { VersionNumber(parsing: versionName) }
}

/// A pause before the next try.
public struct Pause: Hashable, Sendable, Codable {
    public var reason: String
    public var notBefore: Timestamp
    public init(reason: String, notBefore: Timestamp) {
        self.reason = reason
        self.notBefore = notBefore
    }
}

/// A request is about to leave; on disk before the first byte does.
public struct Intent: Hashable, Sendable, Codable {
    /// How many times the request has been allowed to leave, this one included.
    public var sending: Int
    public init(sending: Int) { self.sending = sending }
}

/// RunPod has the job, and under which id.
public struct Acceptance: Hashable, Sendable, Codable {
    public var runpod: RunPodID
    /// What told it: `answer`, `webhook`, `version`, `operator`.
    public var evidence: String
    public init(runpod: RunPodID, evidence: String) {
        self.runpod = runpod
        self.evidence = evidence
    }
}

/// The answer to a submission was lost.
public struct Doubt: Hashable, Sendable, Codable {
    public var reason: String
    public init(reason: String) { self.reason = reason }
}

/// When RunPod last said of a job that it had not ended.
public struct Sighting: Hashable, Sendable, Codable {
    public var at: Timestamp
    public init(at: Timestamp) { self.at = at }
}

/// What a webhook claimed; a hint that is confirmed before anything is believed.
public struct WebhookNews: Hashable, Sendable, Codable {
    public var runpod: RunPodID?
    public var state: RunPodState?
    public var address: String?
    public var error: String?
    public init(runpod: RunPodID?, state: RunPodState?, address: String? = nil, error: String? = nil) {
        self.runpod = runpod
        self.state = state
        self.address = address
        self.error = error
    }
}
