public import TrainingPorts

/// Everything outside of the engine that it acts through.
public struct Surroundings: Sendable {
    public var actorMaker: any ActorMaker
    public var gateway: any TrainingGateway
    public var models: any ModelStore
    public var route: any WebhookRoute
    public var templates: any WorkflowTemplates
    public var journal: any JournalStore
    public var clock: any EngineClock
    public var random: any RandomSource
    public var digester: any Digester
    /// RunPod's management API; nil where there is no key for it.
    public var management: (any EndpointManagement)?

    public init(
        actorMaker: any ActorMaker, gateway: any TrainingGateway, models: any ModelStore, route: any WebhookRoute,
        templates: any WorkflowTemplates, journal: any JournalStore, clock: any EngineClock, random: any RandomSource,
        digester: any Digester, management: (any EndpointManagement)? = nil
    ) {
        self.actorMaker = actorMaker
        self.gateway = gateway
        self.models = models
        self.route = route
        self.templates = templates
        self.journal = journal
        self.clock = clock
        self.random = random
        self.digester = digester
        self.management = management
    }
}
