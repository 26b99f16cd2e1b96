import Training
import TrainingPorts

extension ProjectFolder {
    /// Looks again and again, within a second, until nothing looks torn: files are rewritten in place by others.
    func settle(_ isWhole: () -> Bool) async {
        for look in 1...ProjectFolder.looks {
            if isWhole() { return }
            // A cancelled sleep ends at once; what is torn then is reported as it is.
            if look < ProjectFolder.looks { try? await clock.sleep(for: ProjectFolder.pause) }
        }
        lists.accept()
        manifests.accept()
        versionLists.accept()
    }

    func refreshAll() -> Bool {
        var whole = refreshList()
        for entry in lists.finding(paths.actorList).content?.entries ?? [] {
            whole = refreshManifest(of: entry.id) && whole
            whole = refreshVersions(of: entry.id) && whole
        }
        return whole
    }

    func refreshList() -> Bool { lists.refresh(paths.actorList, as: paths.short(paths.actorList)) }

    func refreshManifest(of actor: ActorID) -> Bool {
        let path = paths.manifest(of: actor)
        return manifests.refresh(path, as: paths.short(path))
    }

    func refreshVersions(of actor: ActorID) -> Bool {
        var whole = true
        for path in versionPaths(of: actor) { whole = versionLists.refresh(path, as: paths.short(path)) && whole }
        return whole
    }

    /// The list of actors as it was last read.
    func actorList() throws(PortError) -> ActorList {
        let finding = lists.finding(paths.actorList)
        if let fault = finding.fault ?? finding.content?.fault {
            throw PortError(.corrupted, "\(fault) Nothing can be trained until the file is mended.")
        }
        guard let list = finding.content else {
            throw PortError(.notFound, "\(paths.root) has no data/actorsData.json any more. Put it back, or name another folder.")
        }
        return list
    }

    func entry(of actor: ActorID) throws(PortError) -> ActorList.Entry {
        guard let entry = try actorList().entry(of: actor) else {
            throw PortError(.notFound, "There is no actor \(actor) in data/actorsData.json.")
        }
        return entry
    }

    private func versionPaths(of actor: ActorID) -> [String] {
        paths.versions(of: actor, named: lists.finding(paths.actorList).content?.entry(of: actor)?.name)
    }

    /// The file that holds an actor's versions, or that shall.
    func versionPath(of actor: ActorID) -> String {
        let candidates = versionPaths(of: actor)
        for path in candidates {
            if case .absent = versionLists.finding(path) { continue }
            return path
        }
        return candidates[0]
    }

    func versionFinding(of actor: ActorID) -> FileCache<VersionReading>.Finding { versionLists.finding(versionPath(of: actor)) }

    func load(_ path: String) throws(PortError) -> FileReading? {
        do throws(DiskError) { return try Disk.load(path) } catch { throw error.portError }
    }

    func names(in folder: String) throws(PortError) -> [String] {
        do throws(DiskError) { return try Disk.names(in: folder) } catch { throw error.portError }
    }
}
