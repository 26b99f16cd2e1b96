/// What was found before a start, for all of it and for each actor.
public struct PreflightReport: Hashable, Sendable {
    /// About the endpoint, the account, the webhook and the template.
    public var general: [Finding]
    public var actors: [ActorID: [Finding]]
    /// The engine's time when it was looked; nil where nobody told. A screen with nothing open has no newer one.
    public var asOf: Timestamp?

    public init(general: [Finding] = [], actors: [ActorID: [Finding]] = [:], asOf: Timestamp? = nil) {
        self.general = general
        self.actors = actors
        self.asOf = asOf
    }

    /// Errors that stand against one actor; general ones stand against all.
    public func errors(of actor: ActorID) -> [Finding] { actors[actor]?.errors ?? [] }
}
