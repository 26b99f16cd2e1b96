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

    public static func queued(_ job: Int, actor: Int, origin: Job.Origin = .operator) -> Happening {
        Happening(
            .jobQueued(QueuedJob(actor: ActorID(actor), name: ActorID(actor).padded, origin: origin)), job: JobID(job), attempt: 1
        )
    }
    public static func retried(_ job: Int, attempt: Int) -> Happening {
        Happening(.attemptQueued(QueuedAttempt(reason: "asked")), job: JobID(job), attempt: attempt)
    }
    /// Prepared with an order for actor 19 unless told otherwise.
    public static func prepared(_ job: Int, attempt: Int = 1, actor: Int = 19, version: Int) -> Happening {
        let request = UInt64(job * 1000 + attempt)
        return Happening(
            .attemptPrepared(.sample(for: ActorID(actor), version: version, request: request)), job: JobID(job), attempt: attempt)
    }
    public static func intended(_ job: Int, attempt: Int = 1) -> Happening {
        Happening(.submissionIntended(Intent(sending: 1)), job: JobID(job), attempt: attempt)
    }
    public static func accepted(_ job: Int, attempt: Int = 1, _ id: String) -> Happening {
        Happening(.submissionAccepted(Acceptance(runpod: RunPodID(id), evidence: "answer")), job: JobID(job), attempt: attempt)
    }
    public static func uncertain(_ job: Int, attempt: Int = 1) -> Happening {
        Happening(.submissionUncertain(Doubt(reason: "the answer was lost")), job: JobID(job), attempt: attempt)
    }
    public static func observed(_ job: Int, attempt: Int = 1, _ state: RunPodState, at time: Timestamp = .sample) -> Happening {
        Happening(.statusObserved(RunPodObservation(state: state)), job: JobID(job), attempt: attempt, at: time)
    }
    public static func ended(_ job: Int, attempt: Int = 1, _ outcome: Outcome, at time: Timestamp = .sample) -> Happening {
        Happening(.attemptEnded(Ending(outcome: outcome, at: time)), job: JobID(job), attempt: attempt, at: time)
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
