import JSONText
import Training
import TrainingPorts

extension JSONEditor {
    /// Makes a manifest's `custom_lora_models` hold a model; one with the same file name, or of the same actor and version, stays as it is.
    /// - Parameter region: of the bucket; nil where nothing tells it.
    /// - Returns: false where the model was there.
    mutating func add(_ entry: ModelEntry, region: String?, at time: Timestamp) throws(JSONPathError) -> Bool {
        let models = value(at: ["custom_lora_models"])?.array
        guard models?.contains(where: { entry.isNamed($0["filename"]?.string ?? "") }) != true else { return false }
        let json = entry.manifestJSON(region: region)
        if models == nil {
            // Before the trainings of one's own came, the manifest ended with the production model: the new list belongs behind it.
            if value(at: ["custom_lora_models"]) != nil { try remove(at: ["custom_lora_models"]) }
            let neighbour = ["lora_model_updated", "lora_model"].first { value(at: [.key($0)]) != nil } ?? ""
            try insert([json], key: "custom_lora_models", into: [], at: .after(neighbour))
        } else {
            try insert(json, into: ["custom_lora_models"])
        }
        try stampModels(at: time)
        return true
    }

    /// Writes when the list of models was changed, in the form in which the manifest writes its times.
    private mutating func stampModels(at time: Timestamp) throws(JSONPathError) {
        let key = "custom_lora_models_updated"
        let neighbours = [key, "lora_model_updated", "training_data_updated", "migration_timestamp"]
        let form = neighbours.compactMap { value(at: [.key($0)])?.string.flatMap(TimeForm.init(of:)) }.first
        let text = JSONValue.string((form ?? .manifest).text(time))
        if value(at: [.key(key)]) == nil {
            try insert(text, key: key, into: [], at: .after("custom_lora_models"))
        } else {
            try set(text, at: [.key(key)])
        }
    }

    /// Makes the verdict on a model be `good`.
    /// - Returns: false where the manifest has no model of that version.
    mutating func mark(_ version: VersionNumber, good: Bool) throws(JSONPathError) -> Bool {
        let models = value(at: ["custom_lora_models"])?.array ?? []
        guard let index = models.lastIndex(where: { ModelRecord(reading: $0).version == version }) else { return false }
        try set(.bool(good), at: ["custom_lora_models", .index(index), "good"])
        return true
    }
}

extension ModelEntry {
    /// The file's name as it lies on S3: that is how others find it, padded or not.
    var filename: String {
        location.key.split(separator: "/").last.map(String.init) ?? model.fileName
    }

    func isNamed(_ name: String) -> Bool { name == filename || ModelName(parsing: name) == model }

    /// An entry of `custom_lora_models` with the fields that the sync from S3 writes, in its order.
    func manifestJSON(region: String?) -> JSONValue {
        let modified = lastModified.description
        // Without a region the address is the one that S3 serves for every region.
        let regional = region.map(location.regionalAddress(region:)) ?? location.globalAddress
        return [
            "filename": .string(filename),
            "version": .string(model.version.description),
            "s3_url": .string(regional),
            "s3_accelerated_url": .string(location.acceleratedAddress),
            "size_bytes": .integer(sizeBytes),
            "size_mb": .double((Double(sizeBytes) / 1_048_576 * 100).rounded() / 100),
            "md5_hash": .string(etag),
            "last_modified": .string(TimeForm(fraction: 0, zone: "+00:00").text(lastModified)),
            "created_date": .string(String(modified.prefix(10))),
            "format": "safetensors",
        ]
    }
}

extension S3Location {
    fileprivate var globalAddress: String {
        acceleratedAddress.replacing("\(bucket).s3-accelerate.", with: "\(bucket).s3.", maxReplacements: 1)
    }
}
