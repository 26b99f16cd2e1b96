public import Training

/// What happened to a job, for ledgers that a test tells as a story; all of it at `Timestamp.sample` unless told otherwise.
public struct Happening: Sendable {
    public var job: JobID?
    public var attempt: Int?
    public var event: Event
    public var time: Timestamp

    public init(_ event: Event, job: JobID? = nil, attempt: Int? = nil, at time: Timestamp = .sample) {
        self.job = job
        self.attempt = attempt
        self.event = event
        self.time = time
    }

    public static func queued(_ job: JobID, actor: ActorID, origin: Job.Origin = .operator) -> Happening {
        Happening(.jobQueued(QueuedJob(actor: actor, name: actor.padded, origin: origin)), job: job, attempt: 1)
    }
    public static func retried(_ job: JobID, attempt: Int) -> Happening {
        Happening(.attemptQueued(QueuedAttempt(reason: "asked")), job: job, attempt: attempt)
    }
    /// Prepared with an order for actor 19 unless told otherwise.
    public static func prepared(_ job: JobID, attempt: Int = 1, actor: ActorID = 19, version: Int) -> Happening {
        let request = UInt64(job.number * 1000 + attempt)
        return Happening(.attemptPrepared(.sample(for: actor, version: version, request: request)), job: job, attempt: attempt)
    }
    public static func intended(_ job: JobID, attempt: Int = 1) -> Happening {
        Happening(.submissionIntended(Intent(sending: 1)), job: job, attempt: attempt)
    }
    public static func accepted(_ job: JobID, attempt: Int = 1, _ id: String) -> Happening {
        Happening(.submissionAccepted(Acceptance(runpod: RunPodID(id), evidence: "answer")), job: job, attempt: attempt)
    }
    public static func uncertain(_ job: JobID, attempt: Int = 1) -> Happening {
        Happening(.submissionUncertain(Doubt(reason: "the answer was lost")), job: job, attempt: attempt)
    }
    public static func observed(_ job: JobID, attempt: Int = 1, _ state: RunPodState, at time: Timestamp = .sample) -> Happening {
        Happening(.statusObserved(RunPodObservation(state: state)), job: job, attempt: attempt, at: time)
    }
    public static func ended(_ job: JobID, attempt: Int = 1, _ outcome: Outcome, at time: Timestamp = .sample) -> Happening {
        Happening(.attemptEnded(Ending(outcome: outcome, at: time)), job: job, attempt: attempt, at: time)
    }
}

extension Ledger {
    /// The ledger after a story.
    public init(of happenings: Happening...) {
        self.init()
        for happening in happenings { tell(happening) }
    }

    public mutating func tell(_ happening: Happening) {
        apply(happening.event, job: happening.job, attempt: happening.attempt, at: happening.time)
    }
}
