/// What was found before a start, for all of it and for each actor.
public struct PreflightReport: Hashable, Sendable {
    /// About the endpoint, the account, the webhook and the template.
    public var general: [Finding]
    public var actors: [ActorID: [Finding]]

    public init(general: [Finding] = [], actors: [ActorID: [Finding]] = [:]) {
        self.general = general
        self.actors = actors
    }

    /// Errors that stand against one actor; general ones stand against all.
    public func errors(of actor: ActorID) -> [Finding] { actors[actor]?.errors ?? [] }
}
