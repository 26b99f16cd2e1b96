import Hummingbird
import JSONText
import Training
import TrainingPorts

/// The calls about actors, their images and their versions.
struct ActorRoutes: Sendable {
    let folder: ProjectFolder

    func add(to router: Router<PageContext>) {
        router.get("api/actors") { _, _ in
            Response.json(try await answering("Failed to load actors") { () throws(PortError) in try await folder.actorsJSON() })
        }
        router.get("api/actors/:id/training-data") { _, context in
            let actor = try context.actor()
            return Response.json(
                try await answering("Failed to load training data") { () throws(PortError) in
                    do throws(PortError) { return try await folder.trainingDataJSON(of: actor) } catch {
                        throw error.code == .notFound ? ProjectFolder.noActor : error
                    }
                })
        }
        router.get("api/actors/:id/training-versions") { _, context in
            let actor = try context.actor()
            return Response.json(
                try await answering("Failed to load training versions") { () throws(PortError) in
                    try await folder.versionsJSON(of: actor)
                })
        }
        router.post("api/actors/:id/training-versions", use: postVersions)
        router.post("api/actors/:id/mark-good") { _, context in try await markActor(context, good: true) }
        router.post("api/actors/:id/toggle-good") { _, context in try await markActor(context, good: nil) }
        router.post("api/actors/:id/models", use: postModel)
    }

    private func postVersions(_ request: Request, _ context: PageContext) async throws -> Response {
        let actor = try context.actor()
        guard let versions = try await request.json()["versions"]?.array, versions.allSatisfy({ $0.object != nil }) else {
            throw Refusal(.badRequest, "The body must be {\"versions\": [{…}, …]}.")
        }
        try await answering("Failed to save training versions") { () throws(PortError) in
            try await folder.replaceVersions(of: actor, with: versions)
        }
        return Response.json(["success": true])
    }

    private func markActor(_ context: PageContext, good: Bool?) async throws -> Response {
        let actor = try context.actor()
        let now = try await answering("Failed to mark actor") { () throws(PortError) in
            try await folder.markActor(actor, good: good)
        }
        return Response.json(["success": true, "actor_id": .integer(actor.rawValue), "good": .bool(now)])
    }

    /// A call of ours: the deployed server leaves the manifest's models to a sync from S3.
    private func postModel(_ request: Request, _ context: PageContext) async throws -> Response {
        let actor = try context.actor()
        guard let entry = ModelEntry(reading: try await request.json()), entry.model.actor == actor else {
            throw Refusal(.badRequest, "The body does not describe a model of actor \(actor).")
        }
        let result = try await answering("Failed to record the model") { () throws(PortError) in
            try await folder.record(entry, of: actor)
        }
        return Response.json(["success": true, "recorded": .bool(result == .recorded)])
    }
}
