/// A wish to have a model of an actor, with all the attempts that were made at it.
public struct Job: Hashable, Sendable {
    public let id: JobID
    public let actor: ActorID
    /// The actor's name when the job was queued; raw.
    public let actorName: String
    public let origin: Origin
    /// Whether it is trained although its actor has a good or an unjudged model.
    public let isOverriding: Bool
    /// At least one; the newest last.
    public internal(set) var attempts: [Attempt]

    /// Who wanted the job.
    public enum Origin: String, Hashable, Sendable, Codable {
        /// The operator, in the dashboard or by `train ACTOR…`.
        case `operator`
        /// The program's own choice, by `train` without actors.
        case automatic
        /// A page or program that posted to our embedded server.
        case server
        /// Started by somebody else and found in the version list.
        case adopted
    }

    /// The newest attempt.
    public var latest: Attempt { attempts[attempts.count - 1] }
    public var isDone: Bool { attempts[attempts.count - 1].phase.isDone }
}
