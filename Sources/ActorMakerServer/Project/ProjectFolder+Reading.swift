public import JSONText
public import Training
public import TrainingPorts

extension ProjectFolder {
    public func cast() async throws(PortError) -> Cast {
        await settle { refreshAll() }
        let list = try actorList()
        var notes = list.notes
        for name in try names(in: paths.manifestFolder) where name.hasSuffix(".json") && !name.hasPrefix(".") {
            if ProjectPaths.actor(ofManifest: name) == nil {
                notes.append("data/actor_manifests/\(name) is no manifest and was skipped")
            }
        }
        return Cast(actors: list.entries.map(profile(of:)), notes: notes)
    }

    public func trainingData(of actor: ActorID) async throws(PortError) -> TrainingData {
        await settle { refreshList() && refreshManifest(of: actor) }
        let entry = try entry(of: actor)
        let finding = manifests.finding(paths.manifest(of: actor))
        if let fault = finding.fault ?? manifestFault(of: actor) { throw PortError(.corrupted, "\(fault). Mend the file.") }
        let manifest = finding.content?.manifest
        return TrainingData(
            actor: actor, name: entry.name, approved: manifest?.trainingDataGood ?? false, images: manifest?.images ?? [])
    }

    public func versions(of actor: ActorID) async throws(PortError) -> [VersionRecord] {
        await settle { refreshList() && refreshVersions(of: actor) }
        _ = try actorList()
        let finding = versionFinding(of: actor)
        if let fault = finding.fault ?? versionFault(of: actor) { throw PortError(.corrupted, "\(fault). Mend the file.") }
        return finding.content?.versions ?? []
    }

    func profile(of entry: ActorList.Entry) -> ActorProfile {
        let manifest = manifests.finding(paths.manifest(of: entry.id)).content?.manifest
        let nameless = entry.name.isEmpty ? "its entry in data/actorsData.json has no name" : nil
        return ActorProfile(
            id: entry.id, name: entry.name, trainingDataGood: manifest?.trainingDataGood ?? false,
            images: ImageCount(counting: manifest?.images ?? []), firstImages: manifest?.images.firstOfEachBucket ?? [],
            models: manifest?.models ?? [],
            versions: versionFinding(of: entry.id).content?.versions ?? [],
            fault: nameless ?? manifestFault(of: entry.id) ?? versionFault(of: entry.id))
    }

    /// What is wrong with an actor's manifest, with the file's name; nil where it is right or missing.
    func manifestFault(of actor: ActorID) -> String? {
        let path = paths.manifest(of: actor)
        switch manifests.finding(path) {
        case .absent: return nil
        case .broken(let fault): return fault
        case .whole(let reading):
            if let fault = reading.manifest.fault { return "\(paths.short(path)) is damaged: \(fault)" }
            guard let character = reading.manifest.character, character != actor else { return nil }
            return "\(paths.short(path)) says that it is of actor \(character)"
        }
    }

    func versionFault(of actor: ActorID) -> String? {
        let finding = versionFinding(of: actor)
        if let fault = finding.fault { return fault }
        return finding.content?.fault.map { "\(paths.short(versionPath(of: actor))) is damaged: \($0)" }
    }

    /// The workflow template as it stands, read anew.
    public func template() async throws(PortError) -> JSONValue {
        let name = paths.short(paths.workflow)
        guard let reading = try load(paths.workflow) else {
            throw PortError(.notFound, "The project has no \(name). Put the ComfyUI training workflow (API format) there.")
        }
        do throws(JSONError) {
            return try JSONValue(parsing: reading.bytes)
        } catch {
            throw PortError(.corrupted, "\(name) is \(error). Export it from ComfyUI once more.", cause: error)
        }
    }
}
