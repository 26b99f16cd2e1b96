import Hummingbird
import JSONText
import Training
import TrainingPorts

/// The calls about trainings: verdicts, start, status, cancel, retry and the webhook.
struct TrainingRoutes: Sendable {
    let folder: ProjectFolder
    let desk: (any TrainingDesk)?
    let webhook: WebhookHandler

    /// RunPod sends the whole request back with its result.
    static let webhookLimit = 12 << 20

    func add(to router: Router<PageContext>) {
        router.post("api/training/training-data/toggle-good", use: toggleTrainingData)
        router.post("api/training/models/toggle-good", use: toggleModel)
        router.post("api/training/start") { request, _ in
            let body = try await request.json()
            guard let desk else {
                throw Refusal(.internalServerError, "Failed to start training", details: TrainingRoutes.noDesk)
            }
            return TrainingAnswers.started(await desk.start(body))
        }
        router.post("api/training/status") { request, _ in
            let job = try TrainingRoutes.job(in: try await request.json())
            guard let desk else { throw Refusal(.internalServerError, "Failed to check status", details: TrainingRoutes.noDesk) }
            return TrainingAnswers.status(await desk.status(of: job), of: job)
        }
        router.post("api/training/cancel") { request, _ in
            let job = try TrainingRoutes.job(in: try await request.json())
            guard let desk else { throw Refusal(.notImplemented, "Failed to cancel training", details: TrainingRoutes.noDesk) }
            return TrainingAnswers.cancelled(await desk.cancel(job), of: job)
        }
        router.post("api/training/retry") { request, _ in
            let job = try TrainingRoutes.job(in: try await request.json())
            guard let desk else { throw Refusal(.notImplemented, "Failed to retry training", details: TrainingRoutes.noDesk) }
            return TrainingAnswers.started(await desk.retry(job))
        }
        router.post("api/training-webhook", use: receive)
    }

    static let noDesk = "No engine stands behind this server: it serves the project's files only."

    private static func job(in body: JSONValue) throws -> RunPodID {
        guard let id = body["jobId"]?.string, !id.isEmpty else { throw Refusal(.badRequest, "jobId is missing") }
        return RunPodID(id)
    }

    /// Always 200, as the deployed server answers: RunPod would only send the same again. What is too large or no JSON says so in the body.
    private func receive(_ request: Request, _ context: PageContext) async throws -> Response {
        do {
            return Response.json(await webhook.answer(try await request.json(upTo: TrainingRoutes.webhookLimit)))
        } catch let refusal as Refusal {
            return Response.json(["received": true, "success": false, "error": refusal.body["error"] ?? .null])
        }
    }

    private func toggleTrainingData(_ request: Request, _ context: PageContext) async throws -> Response {
        let body = try await request.json()
        let actor = try TrainingRoutes.actor(in: body)
        let good = try await answering("Failed to toggle training data") { () throws(PortError) in
            try await folder.toggleTrainingData(of: actor)
        }
        return Response.json(["success": true, "actorId": .string(actor.padded), "good": .bool(good)])
    }

    private func toggleModel(_ request: Request, _ context: PageContext) async throws -> Response {
        let body = try await request.json()
        let actor = try TrainingRoutes.actor(in: body)
        let id = body["modelId"]?.string ?? ""
        // The version is what follows the last underscore of `0006_V7`; what precedes it must be the same actor.
        guard let cut = id.lastIndex(of: "_"), let version = VersionNumber(parsing: id[id.index(after: cut)...]),
            ActorID(parsing: id[..<cut]) == actor
        else { throw Refusal(.badRequest, "modelId must be of the form \(actor.padded)_V7.") }
        let good = try await answering("Failed to toggle model") { () throws(PortError) in
            try await folder.toggleModel(version, of: actor)
        }
        return Response.json([
            "success": true, "actorId": .string(actor.padded), "modelId": .string(id), "version": .string(version.description),
            "good": .bool(good),
        ])
    }

    private static func actor(in body: JSONValue) throws -> ActorID {
        let given = body["actorId"]
        guard let actor = given?.string.flatMap(ActorID.init(parsing:)) ?? given?.int.map(ActorID.init(_:)), actor.rawValue >= 0
        else {
            throw Refusal(.badRequest, "actorId is missing")
        }
        return actor
    }
}
