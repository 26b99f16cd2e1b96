/// The images of one actor at one moment, as they go into a training.
public struct TrainingData: Hashable, Sendable, Codable {
    public var actor: ActorID
    public var name: String
    public var approved: Bool
    public var images: [TrainingImage]

    public init(actor: ActorID, name: String, approved: Bool, images: [TrainingImage]) {
        self.actor = actor
        self.name = name
        self.approved = approved
        self.images = images
    }

    public var count: ImageCount { ImageCount(counting: images) }
}

extension [TrainingImage] {
    /// The first image of each bucket, in the order in which they are recorded.
    public var firstOfEachBucket: [S3Location] {
        var buckets: Set<String> = []
        return lazy.compactMap(\.address).compactMap(S3Location.init(parsing:)).filter { buckets.insert($0.bucket).inserted }
    }
}

/// One entry of a manifest's `training_data`.
public struct TrainingImage: Hashable, Sendable, Codable {
    public var filename: String
    /// Its address as written; nil while it lies on somebody's disk only.
    public var address: String?
    /// `synced`, `local_only`, or whatever else was written.
    public var status: String?
    public var sizeBytes: Int?

    public init(filename: String, address: String?, status: String? = nil, sizeBytes: Int? = nil) {
        self.filename = filename
        self.address = address
        self.status = status
        self.sizeBytes = sizeBytes
    }
}

extension ImageCount {
    /// Counts what has an address. Synced are all of them, or none, unless statuses say otherwise: an entry without a status beside
    /// entries with one is not known to be synced.
    public init(counting images: [TrainingImage]) {
        let addressed = images.filter { $0.address?.isEmpty == false }
        let withStatus = addressed.filter { $0.status != nil }
        let synced = withStatus.isEmpty ? addressed.count : withStatus.count { $0.status == "synced" }
        self.init(onS3: addressed.count, synced: synced, recorded: images.count)
    }
}
