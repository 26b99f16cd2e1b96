import JSONText
import Logging
import Training
import TrainingPorts

/// Answers `POST /api/training-webhook`, which is not authenticated.
///
/// With a desk, a message is no more than a reason to ask RunPod: whoever forges one gains a question. Without one, it does what the
/// deployed server does, and adds the model to the manifest; a version that has ended already stays as it is.
struct WebhookHandler: Sendable {
    let folder: ProjectFolder
    let desk: (any TrainingDesk)?
    let models: (any ModelStore)?
    let logger: Logger

    func answer(_ body: JSONValue) async -> JSONValue {
        guard let message = WebhookMessage(reading: body) else {
            return ["received": true, "success": false, "error": "The message names no job."]
        }
        if let desk {
            await desk.webhookHint(message.job)
            return ["received": true, "success": true, "message": "RunPod is asked about the job."]
        }
        do throws(PortError) {
            return ["received": true, "success": true, "message": .string(try await write(message))]
        } catch {
            logger.error("a webhook could not be written", metadata: ["job": "\(message.job)", "error": "\(error)"])
            return ["received": true, "success": false, "error": .string(error.message)]
        }
    }

    private func write(_ message: WebhookMessage) async throws(PortError) -> String {
        let named = message.actor
        let found = named == nil ? await folder.actor(withJob: message.job) : named
        guard let actor = found else { return "No actor has a version of this job." }
        guard let version = try await folder.finish(message.job, of: actor, as: state(message)) else {
            return "Actor \(actor) has no version of this job."
        }
        guard version.isOpen else { return "Version \(version.name) has ended before and stays as it is." }
        guard message.succeeded else { return "Version \(version.name) is marked as failed." }
        guard let entry = await modelEntry(message, of: actor, version: version) else {
            return "Version \(version.name) is completed; its model is not named as it should be and was not added."
        }
        _ = try await folder.record(entry, of: actor)
        return "Version \(version.name) is completed and its model is in the manifest."
    }

    private func state(_ message: WebhookMessage) -> VersionEntry.State {
        let now = folder.now()
        guard message.succeeded else { return .failed(error: message.error ?? "Training failed", at: now) }
        return .completed(address: message.address ?? "", at: now)
    }

    /// The manifest's entry, with what the store knows of the file, or with what the message says where there is no store.
    private func modelEntry(_ message: WebhookMessage, of actor: ActorID, version: VersionRecord) async -> ModelEntry? {
        guard let model = message.model, model.actor == actor, model.version == version.version,
            let location = message.address.flatMap(S3Location.init(parsing:))
        else { return nil }
        if case .present(let stored)? = await models?.find(model, address: message.address) {
            return ModelEntry(
                model: model, location: stored.location, sizeBytes: stored.sizeBytes, etag: stored.etag,
                lastModified: stored.lastModified)
        }
        return ModelEntry(model: model, location: location, sizeBytes: message.sizeBytes, etag: "", lastModified: folder.now())
    }
}
