public import EngineAPI
public import JSONText
public import Training
public import TrainingPorts

/// Everything that can reach the engine's core. What comes from outside says which attempt it is about.
public enum Input: Sendable {
    /// The journal has been folded and the engine begins. `mayContinue`: what was only planned goes on even after an unclean end.
    case started(EngineStart, mayContinue: Bool)
    /// The engine is about to end in good order: nothing new is begun, what comes back is still recorded.
    case stopping
    /// All that was under way has come back.
    case stopped
    /// Somebody looks at the engine.
    case attached
    case command(CommandEnvelope)
    /// A page posted a whole request to our server; what was gathered is as it is now, without a template.
    case external(JSONValue, Gathered)
    /// A deadline has come.
    case time
    case castRead(Result<Cast, PortError>)
    case healthRead(HealthAnswer)
    case routeRead(RouteState)
    case accountRead(ManagementAnswer<AccountFacts>)
    case pricesRead(ManagementAnswer<PriceCatalogue>)
    case endpointRead(ManagementAnswer<EndpointFacts>)
    case workersRead(ManagementAnswer<[WorkerFacts]>)
    /// New lines of the log of the worker that has the attempt.
    case logLines(AttemptID, [WorkerLogLine])
    case logEnded(AttemptID, LogEnd)
    case prepared(AttemptID, Preparation)
    case submitted(AttemptID, SubmissionAnswer)
    case statusRead(AttemptID, StatusAnswer)
    /// What RunPod says of a job that somebody else started.
    case foreignRead(ActorID, RunPodID, StatusAnswer)
    case cancelAnswered(AttemptID, CancelAnswer)
    case delivered(WebhookDelivery)
    /// Somebody who need not be RunPod says that there is news of a job.
    case hinted(RunPodID)
    case modelFound(AttemptID, ModelFinding)
    case versionWritten(AttemptID, VersionWrite, fault: String?)
    case modelWritten(AttemptID, Result<RecordResult, PortError>)
    case marked(GoodMark, fault: PortError?)
}

/// What was gathered for an attempt before its request can be built.
public enum Preparation: Sendable {
    case ready(Gathered)
    /// Something could not be had for now.
    case notNow(String)
    /// The template is wrong: every job would fail in the same way.
    case templateFault(String)
}

/// All that an order is made of, read from outside in one go.
public struct Gathered: Sendable {
    public var data: TrainingData
    public var versions: [VersionRecord]
    /// The actor's models in the model store.
    public var stored: [ModelName]
    /// Why the store's models may not be listed; nil where they were.
    public var listingFault: String?
    public var template: JSONValue
    public var endpoint: String
    /// Whether the request's `policy` reaches RunPod.
    public var carriesLimits: Bool
    public var hasWebhook: Bool
    /// Chance for the request id.
    public var random: UInt64

    public init(
        data: TrainingData, versions: [VersionRecord], stored: [ModelName], listingFault: String? = nil,
        template: JSONValue, endpoint: String, carriesLimits: Bool = true, hasWebhook: Bool, random: UInt64
    ) {
        self.data = data
        self.versions = versions
        self.stored = stored
        self.listingFault = listingFault
        self.template = template
        self.endpoint = endpoint
        self.carriesLimits = carriesLimits
        self.hasWebhook = hasWebhook
        self.random = random
    }
}

/// Which of a version's two writes it is.
public enum VersionWrite: Hashable, Sendable {
    /// That it is pending.
    case save
    /// How it ended.
    case close
}
