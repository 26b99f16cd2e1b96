import JSONText
public import Training
public import TrainingPorts

extension ProjectFolder {
    /// Writes the end of a training into its version, where that is still open.
    /// - Returns: the version as it stood before; nil where the actor has none of that job.
    public func finish(_ job: RunPodID, of actor: ActorID, as state: VersionEntry.State) async throws(PortError) -> VersionRecord?
    {
        await settle { refreshList() && refreshVersions(of: actor) }
        _ = try actorList()
        let path = versionPath(of: actor)
        guard try load(path) != nil else { return nil }
        let record = try await edit(path) { editor throws(PortError) in
            try refusing { () throws(JSONPathError) in try editor.finish(job, as: state) }
        }
        if let record { finished[actor, default: []].append(RunPodID(record.id)) }
        return record
    }

    /// The actor that has a version of a job; nil where none or several have.
    func actor(withJob job: RunPodID) async -> ActorID? {
        await settle { refreshAll() }
        let owners = (lists.finding(paths.actorList).content?.entries ?? []).filter { entry in
            let versions = versionFinding(of: entry.id).content?.versions ?? []
            return versions.contains { RunPodID($0.id).names(theSameJobAs: job) }
        }
        return owners.count == 1 ? owners[0].id : nil
    }
}
