public import JSONText

/// What decisions need of an actor's manifest (`NNNN_manifest.json`). Unknown and missing fields are passed over; a field of the wrong type
/// that a decision to pay would hang on becomes the actor's `fault`.
public struct ActorManifest: Hashable, Sendable {
    /// The actor that the manifest says it is of; nil where it does not say.
    public var character: ActorID?
    /// `training_data_good`; absent is no.
    public var trainingDataGood: Bool
    public var images: [TrainingImage]
    public var models: [ModelRecord]
    /// What is wrong in it, for people: `custom_lora_models is no list`.
    public var fault: String?

    public init(reading json: JSONValue) {
        character = json["character_id"].flatMap { $0.string.flatMap(ActorID.init(parsing:)) ?? $0.int.map(ActorID.init(_:)) }
        trainingDataGood = json["training_data_good"]?.bool ?? false
        images = json["training_data"]?.array?.map(TrainingImage.init(reading:)) ?? []
        models = json["custom_lora_models"]?.array?.map(ModelRecord.init(reading:)) ?? []
        fault = ActorManifest.fault(in: json)
    }

    private static func fault(in json: JSONValue) -> String? {
        guard json.object != nil else { return "it is no JSON object" }
        if let good = json["training_data_good"], good.bool == nil, !good.isNull {
            return "training_data_good is not true or false"
        }
        for key in ["training_data", "custom_lora_models"] {
            guard let list = json[key], !list.isNull else { continue }
            guard let entries = list.array else { return "\(key) is no list" }
            // A model that cannot be read may be a good one: to pass over it would be to pay for it again.
            if let odd = entries.firstIndex(where: { $0.object == nil }) { return "entry \(odd + 1) of \(key) is no object" }
        }
        return nil
    }
}

extension TrainingImage {
    /// Reads an entry of a manifest's `training_data`, or of the server's `training_images`.
    public init(reading json: JSONValue) {
        self.init(
            filename: json["filename"]?.string ?? "",
            address: json["s3_url"]?.string.flatMap { $0.isEmpty ? nil : $0 },
            // A status that is no word is still one that is not `synced`.
            status: json["status"].flatMap { $0.isNull ? nil : $0.string ?? $0.text() },
            sizeBytes: json["size_bytes"]?.int)
    }
}

extension ModelRecord {
    /// Reads an entry of `custom_lora_models`.
    public init(reading json: JSONValue) {
        self.init(
            filename: json["filename"]?.string ?? "",
            versionName: json["version"]?.string ?? "",
            address: json["s3_url"]?.string ?? json["s3_accelerated_url"]?.string,
            sizeBytes: json["size_bytes"]?.int,
            good: json["good"]?.bool)
    }
}
