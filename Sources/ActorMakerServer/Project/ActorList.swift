import JSONText
import Training

/// `actorsData.json` as it was read.
struct ActorList: Sendable {
    struct Entry: Sendable {
        let id: ActorID
        /// Empty where the entry has none.
        let name: String
        /// Its place in the array.
        let index: Int
        let json: JSONObject
    }

    /// In the order of the file; of two entries with one id the first.
    var entries: [Entry] = []
    var notes: [String] = []
    /// Why it is no list of actors at all.
    var fault: String?

    init(reading json: JSONValue) {
        guard let elements = json.array else {
            fault = "data/actorsData.json is no list of actors."
            return
        }
        var known: Set<ActorID> = []
        for (index, element) in elements.enumerated() {
            guard let object = element.object, let id = ActorList.id(in: object) else {
                notes.append("entry \(index + 1) of data/actorsData.json has no id and was skipped")
                continue
            }
            guard known.insert(id).inserted else {
                notes.append("entry \(index + 1) of data/actorsData.json has the id \(id) once more and was skipped")
                continue
            }
            entries.append(Entry(id: id, name: object["name"]?.string ?? "", index: index, json: object))
        }
    }

    private static func id(in object: JSONObject) -> ActorID? {
        if let text = object["id"]?.string { return ActorID(parsing: text) }
        return object["id"]?.int.flatMap { (0...999_999_999).contains($0) ? ActorID($0) : nil }
    }

    func entry(of actor: ActorID) -> Entry? { entries.first { $0.id == actor } }
}

/// A manifest as it was read: what decisions need, and what the list call shows as it stands.
struct ManifestReading: Sendable {
    var manifest: ActorManifest
    var loraModel: JSONValue?
    var customModels: JSONValue?
    /// The regions that its addresses name, by bucket.
    var regions: [String: String]

    init(reading json: JSONValue) {
        manifest = ActorManifest(reading: json)
        loraModel = json["lora_model"]
        customModels = json["custom_lora_models"]
        let models = [json["lora_model"]].compactMap(\.self) + (json["custom_lora_models"]?.array ?? [])
        let addresses = models.compactMap { $0["s3_url"]?.string } + manifest.images.compactMap(\.address)
        regions = [:]
        for address in addresses {
            guard let found = S3Region(in: address), regions[found.bucket] == nil else { continue }
            regions[found.bucket] = found.region
        }
    }
}

/// The versions of an actor as they were read.
struct VersionReading: Sendable {
    var versions: [VersionRecord]
    var fault: String?

    init(reading json: JSONValue) { (versions, fault) = VersionRecord.list(reading: json) }
}
