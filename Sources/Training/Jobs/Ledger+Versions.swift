extension Ledger {
    private func attempts(of actor: ActorID) -> [Attempt] {
        jobs.filter { $0.actor == actor }.flatMap(\.attempts)
    }

    /// Every version number that was ever ordered for an actor, failed and uncertain ones too.
    public func versions(of actor: ActorID) -> [VersionNumber] {
        attempts(of: actor).compactMap(\.version)
    }

    func completedVersions(of actor: ActorID) -> [VersionNumber] {
        attempts(of: actor).filter { $0.outcome == .completed }.compactMap(\.version)
    }

    /// Whether a saved version belongs to an attempt of ours, or was dismissed by the operator.
    public func knows(version record: VersionRecord, of actor: ActorID) -> Bool {
        if dismissed[actor]?.contains(record.id.isEmpty ? record.name : record.id) == true { return true }
        return attempts(of: actor).contains { attempt in
            guard let id = attempt.versionID, !record.id.isEmpty else {
                return record.id.isEmpty && record.version != nil && attempt.version == record.version
            }
            return id.names(theSameJobAs: RunPodID(record.id))
        }
    }

    /// The attempt that a request id belongs to.
    public func attempt(withRequest request: RequestID) -> Attempt? {
        jobs.lazy.flatMap(\.attempts).first { $0.order?.request == request }
    }
}
