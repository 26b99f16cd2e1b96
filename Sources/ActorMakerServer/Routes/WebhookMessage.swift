import JSONText
import Training

/// What RunPod, or somebody who says so, posts about a finished job.
struct WebhookMessage {
    let job: RunPodID
    let succeeded: Bool
    let address: String?
    let error: String?
    let sizeBytes: Int
    /// The model that the output names.
    let model: ModelName?
    /// The actor that the output names, by the request's id or the model's name.
    let actor: ActorID?

    /// - Returns: nil where the message names no job.
    init?(reading json: JSONValue) {
        guard let id = json["id"]?.string, (1...200).contains(id.utf8.count) else { return nil }
        job = RunPodID(id)
        let output = json["output"]
        let words = [json["status"]?.string, output?["status"]?.string].compactMap { $0?.lowercased() }
        let failed = words.contains { ["failed", "cancelled", "timed_out", "error"].contains($0) }
        succeeded = !failed && words.contains { ["completed", "success"].contains($0) }
        address = WebhookMessage.text(output?["loraUrl"]) ?? WebhookMessage.text(output?["model_info"]?["download_url"])
        error =
            WebhookMessage.text(json["error"]) ?? WebhookMessage.text(output?["error"]) ?? WebhookMessage.text(output?["message"])
        sizeBytes = max(0, output?["model_info"]?["size_bytes"]?.int ?? 0)
        let file = address.flatMap(S3Location.init(parsing:))?.key.split(separator: "/").last.map(String.init)
        model = (file ?? output?["loraName"]?.string).flatMap(ModelName.init(parsing:))
        let named = output?["loraName"]?.string.flatMap(ModelName.init(parsing:))
        actor = WebhookMessage.actor(inRequest: output?["job_id"]?.string) ?? named?.actor ?? model?.actor
    }

    /// `actor_0019_1760690576817_9f3a…` names its actor; so does `actor_19_…`. The page's own ids (`6_1760690576817`) are left to the model's
    /// name, for a number alone may be anything.
    private static func actor(inRequest id: String?) -> ActorID? {
        guard let id, id.hasPrefix("actor_") else { return nil }
        return ActorID(parsing: id.dropFirst("actor_".count).prefix { $0 != "_" })
    }

    private static func text(_ json: JSONValue?) -> String? {
        guard let json, !json.isNull else { return nil }
        let text = json.string ?? json.text()
        return text.isEmpty ? nil : String(text.prefix(2000))
    }
}
