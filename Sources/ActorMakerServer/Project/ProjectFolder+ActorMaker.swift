import JSONText
public import Training
public import TrainingPorts

extension ProjectFolder: ActorMaker, WorkflowTemplates {
    public func save(_ entry: VersionEntry, of actor: ActorID) async throws(PortError) {
        guard !entry.id.isEmpty else {
            throw PortError(.refused, "Version \(entry.version) has no job id yet and cannot be saved without one.")
        }
        try await write(entry, of: actor)
        remember(entry, of: actor)
        checkLater.yield(actor)
    }

    func write(_ entry: VersionEntry, of actor: ActorID) async throws(PortError) {
        await settle { refreshList() && refreshVersions(of: actor) }
        // Where the versions lie depends on the list: with a broken one they would go to the wrong place.
        _ = try actorList()
        try await edit(versionPath(of: actor), template: ProjectFolder.emptyVersions) { editor throws(PortError) in
            try refusing { () throws(JSONPathError) in try editor.upsert(entry) }
        }
    }

    /// As the deployed server writes it: indented by two, without a last newline.
    static let emptyVersions = "{\n  \"versions\": []\n}"

    public func record(_ model: ModelEntry, of actor: ActorID) async throws(PortError) -> RecordResult {
        let added = try await write(model, of: actor)
        if recorded[actor]?.contains(model) != true { recorded[actor, default: []].append(model) }
        checkLater.yield(actor)
        return added ? .recorded : .alreadyThere
    }

    func write(_ model: ModelEntry, of actor: ActorID) async throws(PortError) -> Bool {
        await settle { refreshManifest(of: actor) }
        let region = region(of: model.location.bucket, actor: actor)
        return try await edit(paths.manifest(of: actor)) { editor throws(PortError) in
            try refusing { () throws(JSONPathError) in try editor.add(model, region: region, at: now()) }
        }
    }

    public func mark(_ version: VersionNumber, of actor: ActorID, good: Bool) async throws(PortError) {
        let found = try await edit(paths.manifest(of: actor)) { editor throws(PortError) in
            try refusing { () throws(JSONPathError) in try editor.mark(version, good: good) }
        }
        guard found else { throw PortError(.notFound, "The manifest of actor \(actor) has no model \(version) to be judged.") }
    }

    /// A bucket's region: as configured, else as the actor's manifest tells it, else as any other manifest does.
    private func region(of bucket: String, actor: ActorID) -> String? {
        if let region { return region }
        if let own = manifests.finding(paths.manifest(of: actor)).content?.regions[bucket] { return own }
        _ = refreshAll()
        for entry in lists.finding(paths.actorList).content?.entries ?? [] {
            if let found = manifests.finding(paths.manifest(of: entry.id)).content?.regions[bucket] { return found }
        }
        return nil
    }

    private func remember(_ entry: VersionEntry, of actor: ActorID) {
        var entries = saved[actor] ?? []
        if let place = entries.firstIndex(where: { $0.id == entry.id }) { entries[place] = entry } else { entries.append(entry) }
        saved[actor] = entries
    }
}
