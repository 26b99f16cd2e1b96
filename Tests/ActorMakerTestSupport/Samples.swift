public import Training
public import TrainingPorts

/// Entries as the engine would hand them over.
public enum Samples {
    /// 2026-11-23T16:04:52.120Z.
    public static let time = Timestamp(milliseconds: 1_795_449_892_120)

    public static func entry(
        _ id: String, version: Int = 1, state: VersionEntry.State = .pending, name: String = "0001_anna"
    ) -> VersionEntry {
        VersionEntry(
            id: id, version: VersionNumber(version), description: "Auto-trained with 6 images", timestamp: time,
            parameters: .preset(images: 6, triggerToken: name), imageCount: 6, state: state)
    }

    public static func model(actor: Int, version: Int, bucket: String = "invented-user-files") -> ModelEntry {
        let name = ModelName(actor: ActorID(actor), version: VersionNumber(version))
        return ModelEntry(
            model: name, location: S3Location(bucket: bucket, key: "models/\(name.fileName)"), sizeBytes: 153_271_968,
            etag: "0123456789abcdef0123456789abcdef-19", lastModified: time)
    }

    public static func address(actor: Int, version: Int) -> String {
        model(actor: actor, version: version).location.acceleratedAddress
    }
}
