public import JSONText
import Training

extension ModelEntry {
    /// The body of `POST /api/actors/:id/models`, the call that our embedded server has and the deployed one has not.
    public var json: JSONValue {
        [
            "model": .string(model.description),
            "location": .string(location.description),
            "size_bytes": .integer(sizeBytes),
            "etag": .string(etag),
            "last_modified": .string(lastModified.description),
        ]
    }

    /// Reads that body; nil where something is missing or not of its kind.
    public init?(reading json: JSONValue) {
        guard let model = json["model"]?.string.flatMap(ModelName.init(parsing:)),
            let location = json["location"]?.string.flatMap(S3Location.init(parsing:)),
            let size = json["size_bytes"]?.int, size >= 0, let etag = json["etag"]?.string,
            let lastModified = json["last_modified"]?.string.flatMap(Timestamp.init(parsing:))
        else { return nil }
        self.init(model: model, location: location, sizeBytes: size, etag: etag, lastModified: lastModified)
    }
}
