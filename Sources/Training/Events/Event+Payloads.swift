/// The engine began to run.
public struct EngineStart: Hashable, Sendable, Codable {
    public var program: String
    /// Where actors come from: `demo`, a folder or a server's address.
    public var source: String
    /// How many simulated seconds pass in a real one; 1 outside of a simulation.
    public var timeScale: Double

    public init(program: String, source: String, timeScale: Double) {
        self.program = program
        self.source = source
        self.timeScale = timeScale
    }
}

/// Nothing new is submitted until somebody resumes.
public struct Hold: Hashable, Sendable, Codable {
    public enum Cause: String, Hashable, Sendable, Codable {
        case asked, rejected, uncleanEnd, failures, journal, budget
    }
    public var cause: Cause
    /// A sentence for the operator, with what to do.
    public var reason: String

    public init(cause: Cause, reason: String) {
        self.cause = cause
        self.reason = reason
    }
}

public struct ParallelismSetting: Hashable, Sendable, Codable {
    public var value: Int
    public init(value: Int) { self.value = value }
}

public struct Dismissal: Hashable, Sendable, Codable {
    public var actor: ActorID
    /// The version's job id, or its name where it has none.
    public var version: String
    public init(actor: ActorID, version: String) {
        self.actor = actor
        self.version = version
    }
}

public struct GoodMark: Hashable, Sendable, Codable {
    public var actor: ActorID
    public var version: VersionNumber
    public var good: Bool
    public init(actor: ActorID, version: VersionNumber, good: Bool) {
        self.actor = actor
        self.version = version
        self.good = good
    }
}

public struct MarkRefusal: Hashable, Sendable, Codable {
    public var mark: GoodMark
    /// Raw text.
    public var reason: String
    public init(mark: GoodMark, reason: String) {
        self.mark = mark
        self.reason = reason
    }
}

public struct Note: Hashable, Sendable, Codable {
    public enum Severity: String, Hashable, Sendable, Codable {
        case info, warning, alarm
    }
    public var severity: Severity
    /// Raw text.
    public var text: String
    public init(severity: Severity, text: String) {
        self.severity = severity
        self.text = text
    }
}

public struct QueuedJob: Hashable, Sendable, Codable {
    public var actor: ActorID
    public var name: String
    public var origin: Job.Origin
    public init(actor: ActorID, name: String, origin: Job.Origin) {
        self.actor = actor
        self.name = name
        self.origin = origin
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

public struct Intent: Hashable, Sendable, Codable {
    /// How many times the request has been allowed to leave, this one included.
    public var sending: Int
    public init(sending: Int) { self.sending = sending }
}

public struct Acceptance: Hashable, Sendable, Codable {
    public var runpod: RunPodID
    /// What told it: `answer`, `webhook`, `version`, `operator`.
    public var evidence: String
    public init(runpod: RunPodID, evidence: String) {
        self.runpod = runpod
        self.evidence = evidence
    }
}

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
