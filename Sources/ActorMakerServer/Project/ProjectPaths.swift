import Training

/// Where things lie in a project folder. Paths are built from ids and from names that were checked, never from other text.
struct ProjectPaths: Sendable {
    /// The project folder, without symbolic links.
    let root: String

    var data: String { "\(root)/data" }
    var actorList: String { "\(data)/actorsData.json" }
    var manifestFolder: String { "\(data)/actor_manifests" }
    var actorFolders: String { "\(data)/actors" }
    var versionFolder: String { "\(data)/actor_training_versions" }
    var workflow: String { "\(root)/workflows/lora_training_workflow_headless.json" }

    func manifest(of actor: ActorID) -> String { "\(manifestFolder)/\(ProjectPaths.manifestName(of: actor))" }

    static func manifestName(of actor: ActorID) -> String { "\(actor.padded)_manifest.json" }

    /// The actor of whom a file of that name is the manifest; nil where it is none.
    static func actor(ofManifest name: String) -> ActorID? {
        guard name.hasSuffix("_manifest.json"), let actor = ActorID(parsing: name.dropLast("_manifest.json".count)),
            manifestName(of: actor) == name
        else { return nil }
        return actor
    }

    /// The files in which an actor's versions may be, the one that is written where there is none yet first.
    /// - Parameter name: the actor's name in `actorsData.json`; nil where it is not in there.
    func versions(of actor: ActorID, named name: String?) -> [String] {
        if let name, ProjectPaths.isSafe(name) { return ["\(actorFolders)/\(name)/training_versions.json"] }
        return ["\(versionFolder)/\(actor.padded).json", "\(versionFolder)/\(actor).json"]
    }

    func localImages(named name: String) -> String? {
        ProjectPaths.isSafe(name) ? "\(actorFolders)/\(name)/training_data" : nil
    }

    /// Whether a name may become part of a path. The present system uses names as they are, so spaces and accents pass; what could lead
    /// elsewhere, hide or trick the eye does not.
    static func isSafe(_ name: String) -> Bool {
        guard (1...80).contains(name.count), name.utf8.count <= 255, !name.hasPrefix(".") else { return false }
        return name.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
            default: scalar != "/" && scalar != "\\"
            }
        }
    }

    /// A path as people know it: from the project folder on.
    func short(_ path: String) -> String { path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path }
}
