/// What would be submitted for an actor if it were started now; the plan screen shows it before anything is paid.
public struct TrainingPlan: Hashable, Sendable {
    public var actor: ActorID
    public var name: String
    public var images: Int
    public var parameters: TrainingParameters
    public var model: ModelName
    public var expectation: Expectation
    public var eligibility: Eligibility

    /// - Parameter prices: what a worker should cost; nil where no price is known.
    public init(for actor: ActorProfile, in ledger: Ledger, prices: PriceOutlook?) {
        let parameters = TrainingParameters.preset(images: actor.images.onS3, triggerToken: actor.name)
        self.actor = actor.id
        self.name = actor.name
        self.images = actor.images.onS3
        self.parameters = parameters
        self.model = ModelName(actor: actor.id, version: VersionEvidence.next(for: actor, in: ledger))
        self.expectation = Expectation(steps: parameters.maxTrainSteps, history: ledger.history, prices: prices)
        self.eligibility = Eligibility.judge(actor, in: ledger)
    }
}
