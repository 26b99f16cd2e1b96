/// Where an attempt stands: `queued → preparing → submitting → waiting → training → verifying → done`, with `uncertain` and
/// `cancelling` beside the line. Each case holds only the facts of that phase; `since` is when it began.
public enum AttemptPhase: Hashable, Sendable {
    /// Waits for a free place. `notBefore` is a pause after a try that provably left no byte. May follow: preparing, waiting (a webhook knows better),
    /// done(cancelled).
    case queued(since: Timestamp, notBefore: Timestamp? = nil)
    /// Tunnel, training data and workflow are being gathered; nothing is owed yet. May follow: submitting, queued, done(failed, cancelled).
    case preparing(since: Timestamp)
    /// The intent is on disk and the request leaves, once. `sending` is how many times it was allowed to leave, from 1.
    /// May follow: waiting, queued (no byte left, or 429), uncertain, done(rejected).
    case submitting(since: Timestamp, sending: Int)
    /// The answer was lost: RunPod may have the job or not. Nothing is sent again on its own.
    /// May follow: waiting, training, verifying, done (by evidence, by the operator or by the horizon).
    case uncertain(since: Timestamp, reason: String)
    /// RunPod has it in its queue. May follow: training, verifying, cancelling, done.
    case waiting(since: Timestamp)
    /// A worker runs it. May follow: waiting (given to another worker), verifying, cancelling, done.
    case training(since: Timestamp)
    /// A cancel was asked for and is repeated until RunPod says that the job has ended. May follow: verifying (it had finished), done.
    case cancelling(since: Timestamp)
    /// RunPod says that it has completed, or that it failed in a way that another try may mend; the model is being looked for. May follow: done(completed, failed).
    case verifying(since: Timestamp)
    /// Final; nothing changes it any more. Later news is recorded beside it.
    case done(Ending)

    public var name: PhaseName {
        switch self {
        case .queued: .queued
        case .preparing: .preparing
        case .submitting: .submitting
        case .uncertain: .uncertain
        case .waiting: .waiting
        case .training: .training
        case .cancelling: .cancelling
        case .verifying: .verifying
        case .done: .done
        }
    }

    /// When this phase began; for `done` the end.
    public var since: Timestamp {
        switch self {
        case .queued(let since, _), .preparing(let since), .submitting(let since, _), .uncertain(let since, _),
            .waiting(let since),
            .training(let since), .cancelling(let since), .verifying(let since):
            since
        case .done(let ending): ending.at
        }
    }

    public var ending: Ending? {
        if case .done(let ending) = self { ending } else { nil }
    }

    public var isDone: Bool { ending != nil }

    /// Why it is uncertain; nil where it is not.
    public var doubt: String? {
        if case .uncertain(_, let reason) = self { reason } else { nil }
    }

    /// Whether RunPod may be running or holding the job, so that it takes a place and may cost money.
    public var isInFlight: Bool {
        switch self {
        case .preparing, .submitting, .waiting, .training, .cancelling, .verifying: true
        case .queued, .uncertain, .done: false
        }
    }
}

/// The words of `phase` in JSON output.
public enum PhaseName: String, CaseIterable, Hashable, Sendable, Codable {
    case queued, preparing, submitting, uncertain, waiting, training, cancelling, verifying, done
}

/// How an attempt ended. `lost`: RunPod knows it no longer and no model is there.
public enum Outcome: String, CaseIterable, Hashable, Sendable, Codable {
    case completed, failed, cancelled, rejected, lost
    case timedOut = "timed_out"
    case neverSubmitted = "never_submitted"
}

/// The end of an attempt.
public struct Ending: Hashable, Sendable, Codable {
    public var outcome: Outcome
    public var at: Timestamp
    /// What went wrong, raw as it came; nil where nothing did.
    public var reason: String?
    /// The model's address where there is one.
    public var model: String?
    /// Where nobody watched the end and RunPod did not tell it: what is known of it. Nil where `at` or RunPod's own times are the end.
    public var unwatched: LastSign?

    public init(outcome: Outcome, at: Timestamp, reason: String? = nil, model: String? = nil, unwatched: LastSign? = nil) {
        self.outcome = outcome
        self.at = at
        self.reason = reason
        self.model = model
        self.unwatched = unwatched
    }
}

/// The last that is known of a training which ended while nobody watched.
public struct LastSign: Hashable, Sendable, Codable {
    /// What the time of an end was taken from.
    public enum Basis: String, Hashable, Sendable, Codable {
        /// The model's file was written then: about the end.
        case model
        /// It was last known to go on then: the end lies somewhere after it.
        case seen
    }
    public var at: Timestamp
    public var basis: Basis

    public init(at: Timestamp, basis: Basis) {
        self.at = at
        self.basis = basis
    }
}
