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
    /// Why the queue is held; what lifts it again depends on that.
    public enum Cause: String, Hashable, Sendable, Codable {
        case asked, rejected, uncleanEnd, failures, budget
    }
    public var cause: Cause
    /// A sentence for the operator, with what to do.
    public var reason: String

    public init(cause: Cause, reason: String) {
        self.cause = cause
        self.reason = reason
    }
}

/// How many trainings may run at once from now on.
public struct ParallelismSetting: Hashable, Sendable, Codable {
    public var value: Int
    public init(value: Int) { self.value = value }
}

/// A pending version of somebody else's that the operator declared dead.
public struct Dismissal: Hashable, Sendable, Codable {
    public var actor: ActorID
    /// The version's job id, or its name where it has none.
    public var version: String
    public init(actor: ActorID, version: String) {
        self.actor = actor
        self.version = version
    }
}

/// A verdict on a version, wanted or given.
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

/// A verdict that could not be written.
public struct MarkRefusal: Hashable, Sendable, Codable {
    public var mark: GoodMark
    /// Raw text.
    public var reason: String
    public init(mark: GoodMark, reason: String) {
        self.mark = mark
        self.reason = reason
    }
}

/// Something for the log that changes nothing.
public struct Note: Hashable, Sendable, Codable {
    /// How much it matters, the least first.
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
