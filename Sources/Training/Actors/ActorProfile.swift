/// What is known of one actor: enough to judge whether it may be trained, without its images' addresses.
public struct ActorProfile: Hashable, Sendable, Codable {
    public var id: ActorID
    /// The actor's name, such as `0019_european_20_female`; raw, as it was read. It is also the trigger token.
    public var name: String
    /// Whether a person approved the training data (`training_data_good`; absent is no).
    public var trainingDataGood: Bool
    public var images: ImageCount
    /// The first image of each bucket that the images lie in; empty too where the list of actors did not tell their addresses.
    public var firstImages: [S3Location]
    /// The models in the manifest's `custom_lora_models`.
    public var models: [ModelRecord]
    /// The training versions that are saved for the actor, newest first.
    public var versions: [VersionRecord]
    /// Why the actor's data could not be read, where it could not: `the manifest is not valid JSON at byte 312 …`.
    public var fault: String?

    public init(
        id: ActorID, name: String, trainingDataGood: Bool = false, images: ImageCount = ImageCount(),
        firstImages: [S3Location] = [], models: [ModelRecord] = [], versions: [VersionRecord] = [], fault: String? = nil
    ) {
        self.id = id
        self.name = name
        self.trainingDataGood = trainingDataGood
        self.images = images
        self.firstImages = firstImages
        self.models = models
        self.versions = versions
        self.fault = fault
    }

    /// The newest model that somebody found good. The list call's `custom_models_good` is always false; the models tell the truth.
    public var goodModel: ModelRecord? {
        models.filter { $0.good == true }.max { ($0.version?.number ?? 0) < ($1.version?.number ?? 0) }
    }
}

/// How many images an actor has for training.
public struct ImageCount: Hashable, Sendable, Codable {
    /// Entries with an `s3_url`: these are trained on.
    public var onS3: Int
    /// Of those, the ones whose `status` is `synced`; equal to `onS3` where no entry has a status.
    public var synced: Int
    /// All entries of the manifest, those that lie on somebody's disk only too.
    public var recorded: Int

    public init(onS3: Int = 0, synced: Int = 0, recorded: Int = 0) {
        self.onS3 = onS3
        self.synced = synced
        self.recorded = recorded
    }

    /// True when every image on S3 has the status `synced`, or none has a status.
    public var isSynced: Bool { synced == onS3 }
}

/// An entry of `custom_lora_models`.
public struct ModelRecord: Hashable, Sendable, Codable {
    public var filename: String
    /// `V7` as written; `imported` and the like are names too.
    public var versionName: String
    /// The object's address in any form that S3 knows.
    public var address: String?
    public var sizeBytes: Int?
    /// The verdict: nil while nobody has judged it.
    public var good: Bool?

    public init(filename: String, versionName: String, address: String? = nil, sizeBytes: Int? = nil, good: Bool? = nil) {
        self.filename = filename
        self.versionName = versionName
        self.address = address
        self.sizeBytes = sizeBytes
        self.good = good
    }

    public var version: VersionNumber? { VersionNumber(parsing: versionName) ?? ModelName(parsing: filename)?.version }
}

/// A saved training version, as far as decisions need it.
public struct VersionRecord: Hashable, Sendable, Codable {
    /// How a version's training stands, as the version list says.
    public enum Status: String, Hashable, Sendable, Codable {
        case pending, training, completed, failed
        /// A word that this program does not know; it is kept and never acted on.
        case other
    }

    /// RunPod's job id, which is the version's identity; empty where the file has none.
    public var id: String
    public var name: String
    public var status: Status
    public var timestamp: Timestamp?
    public var imageCount: Int?
    public var address: String?
    public var isGood: Bool?

    public init(
        id: String, name: String, status: Status, timestamp: Timestamp? = nil, imageCount: Int? = nil, address: String? = nil,
        isGood: Bool? = nil
    ) {
        self.id = id
        self.name = name
        self.status = status
        self.timestamp = timestamp
        self.imageCount = imageCount
        self.address = address
        self.isGood = isGood
    }

    public var version: VersionNumber? { VersionNumber(parsing: name) }
    public var isOpen: Bool { status == .pending || status == .training }
}
