/// The next version number of an actor, from all evidence there is, so that no model is ever written over.
public enum VersionEvidence {
    /// The highest number that anything knows, plus 1: our attempts (failed and uncertain ones too), the saved versions, the models
    /// of the manifest and what the model store lists. Names that are no `V<number>` count as nothing.
    public static func next(for actor: ActorProfile, in ledger: Ledger, stored: [ModelName] = []) -> VersionNumber {
        let known =
            ledger.versions(of: actor.id) + actor.versions.compactMap(\.version) + actor.models.compactMap(\.version)
            + stored.filter { $0.actor == actor.id }.map(\.version)
        return VersionNumber((known.map(\.number).max() ?? 0) + 1)
    }
}
