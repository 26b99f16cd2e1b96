import JSONText
import Training
import TrainingPorts

/// What the page's calls write.
extension ProjectFolder {
    /// Makes the list of versions be what was posted, as the deployed server does, with one difference: a version that was written by this
    /// program in this run, and that the poster cannot have seen as it stands, is not lost. It is kept where the post lacks its job, and
    /// keeps its end where the post still has it open. Everything else in the post counts, removals of other versions too.
    func replaceVersions(of actor: ActorID, with posted: [JSONValue]) async throws(PortError) {
        await settle { refreshList() && refreshVersions(of: actor) }
        _ = try actorList()
        let own = (saved[actor] ?? []).map { RunPodID($0.id) } + (finished[actor] ?? [])
        try await edit(versionPath(of: actor), template: ProjectFolder.emptyVersions) { editor throws(PortError) in
            let standing = editor.value(at: ["versions"])?.array ?? []
            let merged = ProjectFolder.merge(posted, with: standing, keeping: own)
            try refusing { () throws(JSONPathError) in try editor.change(to: .array(merged), at: ["versions"]) }
        }
    }

    static func merge(_ posted: [JSONValue], with standing: [JSONValue], keeping own: [RunPodID]) -> [JSONValue] {
        var merged = posted
        var missing: [JSONValue] = []
        for entry in standing {
            let record = VersionRecord(reading: entry)
            let id = RunPodID(record.id)
            guard own.contains(where: { $0.names(theSameJobAs: id) }) else { continue }
            let place = merged.firstIndex { RunPodID(VersionRecord(reading: $0).id).names(theSameJobAs: id) }
            guard let place else {
                missing.append(entry)
                continue
            }
            if VersionRecord(reading: merged[place]).isOpen, !record.isOpen { merged[place] = entry }
        }
        return missing + merged
    }

    /// Sets or turns round an actor's `good` in `actorsData.json`.
    /// - Parameter good: nil turns it round; absent counts as false.
    /// - Returns: how it stands now.
    func markActor(_ actor: ActorID, good: Bool?) async throws(PortError) -> Bool {
        try await edit(paths.actorList) { editor throws(PortError) in
            guard let entry = editor.value().map(ActorList.init(reading:))?.entry(of: actor) else { throw ProjectFolder.noActor }
            let now = good ?? !(entry.json["good"]?.bool ?? false)
            try refusing { () throws(JSONPathError) in try editor.set(.bool(now), at: [.index(entry.index), "good"]) }
            return now
        }
    }

    /// Turns round whether an actor's training data is approved.
    func toggleTrainingData(of actor: ActorID) async throws(PortError) -> Bool {
        try await edit(paths.manifest(of: actor)) { editor throws(PortError) in
            let now = !(editor.value(at: ["training_data_good"])?.bool ?? false)
            try refusing { () throws(JSONPathError) in try editor.set(.bool(now), at: ["training_data_good"]) }
            return now
        }
    }

    /// Turns round the verdict on a model.
    func toggleModel(_ version: VersionNumber, of actor: ActorID) async throws(PortError) -> Bool {
        let now = try await edit(paths.manifest(of: actor)) { editor throws(PortError) -> Bool? in
            let models = (editor.value(at: ["custom_lora_models"])?.array ?? []).map(ModelRecord.init(reading:))
            guard let model = models.last(where: { $0.version == version }) else { return nil }
            let now = !(model.good ?? false)
            _ = try refusing { () throws(JSONPathError) in try editor.mark(version, good: now) }
            return now
        }
        guard let now else { throw PortError(.notFound, "Model version \(version) of actor \(actor) is not in its manifest.") }
        return now
    }

    static let noActor = PortError(.notFound, "Actor not found")
}
