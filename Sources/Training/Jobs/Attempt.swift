/// One try at training an actor, with its own version, request and money. Never edited into another one: a retry is a new attempt.
public struct Attempt: Hashable, Sendable {
    public let id: AttemptID
    public let actor: ActorID
    public internal(set) var phase: AttemptPhase
    public let queuedAt: Timestamp
    /// What was ordered; nil until it was prepared.
    public internal(set) var order: Order?
    /// How somebody else's job was found; nil for what was started here.
    public internal(set) var adoption: Adoption?
    public internal(set) var runpod: RunPodID?
    /// How many times the request was allowed to leave.
    public internal(set) var sendings = 0
    /// The engine queued it again by itself.
    public internal(set) var isAutomaticRetry = false
    /// The newest thing that a webhook claimed; it may name an id that no answer has told.
    public internal(set) var webhook: WebhookNews?
    /// When the request left for the last time.
    public internal(set) var submittedAt: Timestamp?
    /// When RunPod's acceptance was recorded.
    public internal(set) var acceptedAt: Timestamp?
    /// When it was first seen on a worker.
    public internal(set) var startedAt: Timestamp?
    /// When it was first seen on the worker that has it now; nil while RunPod has it in its queue, again too.
    public internal(set) var dispatchedAt: Timestamp?
    /// When it was last known to be at RunPod and not to have ended, as far as that was recorded.
    public internal(set) var seenAt: Timestamp?
    /// RunPod's own last word: state, its times and its retries.
    public internal(set) var observed: RunPodObservation?
    /// How it ends unless its model is there all the same, by RunPod's word; nil where RunPod did not say that it failed.
    public internal(set) var verdict: Ending?
    /// The GPU that it got; nil until RunPod told it.
    public internal(set) var gpu: GPUFact?
    /// How long its parts took, where that was seen.
    public internal(set) var times: PhaseTimes?
    /// When a cancel was first asked for; it stands until the attempt is done.
    public internal(set) var cancelRequestedAt: Timestamp?
    /// When RunPod first took a cancel of it. Without that a job that RunPod does not know may be going on.
    public internal(set) var cancelTakenAt: Timestamp?
    /// What has been written for others to see.
    public internal(set) var bookkeeping = Bookkeeping()
    /// News that came after the end and changed nothing; the newest last.
    public internal(set) var lateNews: [String] = []

    init(id: AttemptID, actor: ActorID, queuedAt: Timestamp, notBefore: Timestamp? = nil) {
        self.id = id
        self.actor = actor
        self.queuedAt = queuedAt
        self.phase = .queued(since: queuedAt, notBefore: notBefore)
    }

    public var version: VersionNumber? { order?.model.version ?? adoption?.version }
    /// The model that it makes; nil until it was prepared, and for somebody else's whose version has no number.
    public var model: ModelName? { version.map { ModelName(actor: actor, version: $0) } }
    /// What its version is called by in the actor's list: RunPod's id. Where no answer and no webhook ever told that, and only the model
    /// has proved that the training ran, our request id, as the script did; nil where there is nothing to list.
    public var versionID: RunPodID? {
        if let runpod { return runpod }
        guard let ending = phase.ending, ending.outcome == .completed, ending.model != nil else { return nil }
        return order.map { RunPodID($0.request.rawValue) }
    }
    public var isAdopted: Bool { adoption != nil }
    /// RunPod did not know it when it was asked last, though it may go on there.
    public var isGone: Bool {
        switch phase {
        case .waiting, .training, .cancelling: observed?.state == .gone
        default: false
        }
    }
    /// Whether nobody but a person may be able to tell at once what became of it. While its model is looked for that is so only once the
    /// store has failed to answer some times, which the engine knows: it refuses before.
    public var canBeResolved: Bool { phase.name == .uncertain || isGone || (phase.name == .verifying && verdict == nil) }
    public var endedAt: Timestamp? { phase.ending?.at }
    public var outcome: Outcome? { phase.ending?.outcome }

    /// Which of the attempt's records the Actor Maker project has.
    public struct Bookkeeping: Hashable, Sendable {
        /// The version is in the actor's list.
        public internal(set) var versionSaved = false
        /// The version there says how it ended.
        public internal(set) var versionClosed = false
        /// The model stands in the manifest's `custom_lora_models`.
        public internal(set) var modelRecorded = false
        /// All of it was read back after the attempt had ended.
        public internal(set) var confirmed = false
    }
}

/// What was ordered for an attempt, frozen when it was prepared: names, numbers and digests, not the payload itself.
public struct Order: Hashable, Sendable, Codable {
    public var model: ModelName
    public var request: RequestID
    public var parameters: TrainingParameters
    /// How many images go into the training.
    public var images: Int
    /// SHA-256 of the customised workflow, in hex.
    public var workflowDigest: String
    /// SHA-256 of the stored payload, in hex; the bytes lie under it in the journal.
    public var payloadDigest: String
    /// The endpoint that the request goes to: a later poll and a cancel go there and not where today's settings point. Through a server,
    /// whose endpoint nobody tells us, the server's address.
    public var endpoint: String
    public var expectation: Expectation
    /// The limits that RunPod holds it to, where they were recorded; journals of old have none.
    public var limits: JobLimits?
    /// Whether a webhook can reach us; without one only polling tells the end.
    public var webhook: Bool

    public init(
        model: ModelName, request: RequestID, parameters: TrainingParameters, images: Int, workflowDigest: String,
        payloadDigest: String, endpoint: String, expectation: Expectation, limits: JobLimits? = nil, webhook: Bool
    ) {
        self.model = model
        self.request = request
        self.parameters = parameters
        self.images = images
        self.workflowDigest = workflowDigest
        self.payloadDigest = payloadDigest
        self.endpoint = endpoint
        self.expectation = expectation
        self.limits = limits
        self.webhook = webhook
    }
}

extension ModelName: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let name = ModelName(parsing: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a model name such as actor_0019_V7")
        }
        self = name
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
