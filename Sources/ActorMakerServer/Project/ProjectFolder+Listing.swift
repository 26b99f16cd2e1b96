import JSONText
import Training
import TrainingPorts

extension ProjectFolder {
    /// The answer of `GET /api/actors`: each actor as it stands in `actorsData.json`, with what the present server works out beside it.
    func actorsJSON() async throws(PortError) -> JSONValue {
        await settle { refreshAll() }
        return .array(try actorList().entries.map(actorJSON(of:)))
    }

    private func actorJSON(of entry: ActorList.Entry) -> JSONValue {
        var json = entry.json
        let reading = manifests.finding(paths.manifest(of: entry.id)).content
        let models = reading?.manifest.models ?? []
        json["training_data"] = localImages(of: entry)
        json["lora_model"] = reading?.loraModel
        json["custom_lora_models"] = reading?.customModels
        json["training_data_good"] = .bool(reading?.manifest.trainingDataGood ?? false)
        json["custom_models_count"] = .integer(models.count)
        // The deployed server always says false here; a reader who knows that asks the models, and others are told the truth.
        json["custom_models_good"] = .bool(models.contains { $0.good == true })
        json["production_synced"] = .bool(reading?.loraModel?["s3_url"]?.string?.isEmpty == false)
        if let fault = profile(of: entry).fault { json["fault"] = .string(fault) }
        return .object(json)
    }

    /// How many images lie in the actor's local folder, and whether they are marked as synced; nil where there is no such folder.
    private func localImages(of entry: ActorList.Entry) -> JSONValue? {
        guard let folder = paths.localImages(named: entry.name), Disk.realPath(folder) != nil,
            let names = try? Disk.names(in: folder)
        else { return nil }
        let endings = [".jpg", ".jpeg", ".png", ".webp"]
        let images = names.filter { name in endings.contains { name.lowercased().hasSuffix($0) } }
        return ["count": .integer(images.count), "synced": .bool(names.contains("response.json"))]
    }

    /// The answer of `GET /api/actors/:id/training-data`.
    func trainingDataJSON(of actor: ActorID) async throws(PortError) -> JSONValue {
        let data = try await trainingData(of: actor)
        let json = try load(paths.manifest(of: actor)).flatMap { try? JSONValue(parsing: $0.bytes) }
        let good = goodImages(named: data.name)
        let raw = (json?["training_data"]?.array ?? []).filter { TrainingImage(reading: $0).address != nil }
        let images = raw.enumerated().map { index, entry -> JSONValue in
            var image: JSONObject = ["index": .integer(index)]
            for key in ["filename", "s3_url", "status", "size_mb", "size_bytes", "modified_date"] { image[key] = entry[key] }
            image["good"] = .bool(good.contains(entry["filename"]?.string ?? ""))
            return .object(image)
        }
        let base = json?["base_images"]?.array?.first?["s3_url"]?.string
        return [
            "actor_id": .integer(actor.rawValue),
            "actor_name": .string(data.name),
            "training_images": .array(images),
            "base_image_url": base.map(JSONValue.string) ?? .null,
            "has_base_image": .bool(base != nil),
            "total_count": .integer(images.count),
            // Ours: with those that lie on somebody's disk only.
            "recorded_count": .integer(data.images.count),
            "manifest_updated": json?["training_data_updated"] ?? .null,
            "training_data_good": .bool(data.approved),
        ]
    }

    /// The images that somebody has marked as good in the local folder's `prompt_metadata.json`.
    private func goodImages(named name: String) -> Set<String> {
        guard let folder = paths.localImages(named: name),
            let reading = try? Disk.load("\(folder)/prompt_metadata.json"),
            let members = (try? JSONValue(parsing: reading.bytes))?.object?.members
        else { return [] }
        return Set(members.filter { $0.value["good"]?.bool == true }.map(\.key))
    }

    /// The answer of `GET /api/actors/:id/training-versions`: the file as it stands.
    func versionsJSON(of actor: ActorID) async throws(PortError) -> JSONValue {
        _ = try await versions(of: actor)
        guard let reading = try load(versionPath(of: actor)), let json = try? JSONValue(parsing: reading.bytes) else {
            return ["versions": []]
        }
        return ["versions": json["versions"] ?? []]
    }
}
