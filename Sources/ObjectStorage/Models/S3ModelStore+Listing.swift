public import Training
public import TrainingPorts

extension S3ModelStore {
    /// In all known folders; a closed one, or one whose bucket is gone, is passed over where another can be listed.
    public func models(of actor: ActorID) async throws(PortError) -> [ModelName] {
        var seen: Set<ModelName> = []
        var isListed = false
        var closed: S3Error?
        for folder in try await folders() {
            do {
                seen.formUnion(try await models(of: actor, in: folder))
                isListed = true
            } catch {
                guard [.forbidden, .noSuchBucket].contains(error.code) else { throw S3ModelStore.unlisted(error) }
                closed = closed ?? error
            }
        }
        if let closed, !isListed { throw S3ModelStore.unlisted(closed) }
        return seen.sorted { $0.version < $1.version }
    }

    private func models(of actor: ActorID, in folder: S3Location) async throws(S3Error) -> Set<ModelName> {
        var seen: Set<ModelName> = []
        for stem in Set(["actor_\(actor.padded)_", "actor_\(actor.rawValue)_"]) {
            let page = try await client.list(folder.bucket, prefix: folder.key + stem, delimiter: "/")
            seen.formUnion(page.objects.compactMap { S3ModelStore.name(of: $0.location) }.filter { $0.actor == actor })
        }
        return seen
    }

    private static func unlisted(_ error: S3Error) -> PortError {
        let code = error.code == .forbidden ? PortError.Code.refused : .unreachable
        return PortError(code, "the models on S3 cannot be listed: \(error.message)", cause: error)
    }
}
