/// An event as the journal has it: numbered without gaps, with its time, its cause and what it is about.
public struct EventRecord: Hashable, Sendable {
    /// From 1, without gaps.
    public var sequence: Int
    public var time: Timestamp
    /// The shape of the payload; raised when a payload changes so that an older program must not guess.
    public var schema: Int
    /// Unlike the number it is unique across journals.
    public var id: String
    /// The command that led to it, where one did.
    public var cause: String?
    /// Who: `operator`, `engine`, `runpod`, `server`.
    public var by: String
    public var job: JobID?
    public var attempt: Int?
    public var event: Event

    public init(
        sequence: Int, time: Timestamp, schema: Int = EventRecord.currentSchema, id: String, cause: String?, by: String,
        job: JobID?,
        attempt: Int?, event: Event
    ) {
        self.sequence = sequence
        self.time = time
        self.schema = schema
        self.id = id
        self.cause = cause
        self.by = by
        self.job = job
        self.attempt = attempt
        self.event = event
    }

    public static let currentSchema = 1

    public var attemptID: AttemptID? {
        guard let job, let attempt else { return nil }
        return AttemptID(job: job, number: attempt)
    }
}

/// An event that was decided but has no number yet.
public struct EventDraft: Hashable, Sendable {
    public var time: Timestamp
    public var cause: String?
    public var by: String
    public var job: JobID?
    public var attempt: Int?
    public var event: Event

    public init(time: Timestamp, cause: String? = nil, by: String, job: JobID? = nil, attempt: Int? = nil, event: Event) {
        self.time = time
        self.cause = cause
        self.by = by
        self.job = job
        self.attempt = attempt
        self.event = event
    }
}
