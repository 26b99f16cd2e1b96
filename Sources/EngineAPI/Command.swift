public import Training

/// Something that the engine is asked to do.
public enum Command: Hashable, Sendable, Codable {
    /// Queue a job for each actor. `override` goes past reasons that are a matter of judgement (an approved or unjudged model).
    case train(actors: [ActorID], origin: Job.Origin, override: Bool)
    /// Stop jobs, wherever they are.
    case cancel([JobID])
    case cancelAll
    /// A new attempt for each job, with its own version.
    case retry([JobID])
    /// Submit nothing new until resumed.
    case hold
    case resume
    /// How many trainings may run at once, from 1.
    case setParallelism(Int)
    case markGood(ActorID, VersionNumber, good: Bool)
    /// End an attempt by hand that is uncertain, or that RunPod does not know; the reason is kept.
    case resolve(JobID, Outcome, because: String)
    /// Declare an actor's pending versions of others dead, so that it may be trained.
    case dismissPending(ActorID)
    /// Read the actors and ask for all open jobs now.
    case refresh
}

/// A command with its identity, so that it is done once, and with what its sender saw.
public struct CommandEnvelope: Hashable, Sendable, Codable {
    public var id: String
    /// Who asks: `operator` in the dashboard, `command line`, `server`.
    public var by: String
    /// The phase that the target was shown in; the command is refused where that has changed. Nil: whatever it is now.
    public var expects: PhaseName?
    public var command: Command

    public init(id: String, by: String, expects: PhaseName? = nil, command: Command) {
        self.id = id
        self.by = by
        self.expects = expects
        self.command = command
    }
}

/// What became of a command; the sentence is for the operator.
public enum Reply: Hashable, Sendable, Codable {
    /// Taken; `message` says in a sentence what will happen, `jobs` what it is about. `isTold`: events of its own tell all of it, so that a
    /// log need not repeat it.
    case accepted(message: String, jobs: [JobID], isTold: Bool = false)
    /// Not taken, and why; nothing has changed.
    case refused(message: String)
}
