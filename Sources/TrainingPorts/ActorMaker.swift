public import Training

/// The Actor Maker project, behind a server or in a folder of ours: who there is, and where results are written.
///
/// Every write is level-triggered: it says what shall stand there, is compared with what stands there, and may be repeated.
public protocol ActorMaker: Sendable {
    /// All actors with what eligibility needs.
    /// - Throws: `PortError` where the list cannot be had at all; a single actor that cannot be read has a `fault` instead.
    func cast() async throws(PortError) -> Cast
    /// The images of one actor, as they are now.
    func trainingData(of actor: ActorID) async throws(PortError) -> TrainingData
    /// The saved versions of one actor, as they are now.
    func versions(of actor: ActorID) async throws(PortError) -> [VersionRecord]
    /// Makes the actor's list hold `entry`: replaces the version with the same job id, else puts it first. Others' changes stay.
    func save(_ entry: VersionEntry, of actor: ActorID) async throws(PortError)
    /// Writes how a job ended into the version that somebody else saved for it, and only that: what is not known of it stays as it is.
    /// - Returns: the version as it stood before, nil where the actor has none of that job. One that has ended already is left alone.
    func finish(_ job: RunPodID, of actor: ActorID, as state: VersionEntry.State) async throws(PortError) -> VersionRecord?
    /// Makes the manifest's `custom_lora_models` hold the model; one with the same file name is left as it is.
    func record(_ model: ModelEntry, of actor: ActorID) async throws(PortError) -> RecordResult
    /// Makes the model's verdict `good`; reads it first, for the server's call is a toggle.
    func mark(_ version: VersionNumber, of actor: ActorID, good: Bool) async throws(PortError)
}

/// A reading of the whole cast.
public struct Cast: Hashable, Sendable {
    public var actors: [ActorProfile]
    /// What was passed over, a line each: `_migration_summary.json is no manifest`.
    public var notes: [String]

    public init(actors: [ActorProfile], notes: [String] = []) {
        self.actors = actors
        self.notes = notes
    }
}

/// A training version as it is written for others.
public struct VersionEntry: Hashable, Sendable {
    /// RunPod's job id.
    public var id: String
    public var version: VersionNumber
    public var description: String
    public var timestamp: Timestamp
    public var parameters: TrainingParameters
    public var imageCount: Int
    public var state: State

    /// How the training of a version stands, as the version list knows it.
    public enum State: Hashable, Sendable {
        case pending
        case completed(address: String, at: Timestamp)
        case failed(error: String, at: Timestamp)
    }

    public init(
        id: String, version: VersionNumber, description: String, timestamp: Timestamp, parameters: TrainingParameters,
        imageCount: Int,
        state: State
    ) {
        self.id = id
        self.version = version
        self.description = description
        self.timestamp = timestamp
        self.parameters = parameters
        self.imageCount = imageCount
        self.state = state
    }
}

/// A model as it is added to a manifest.
public struct ModelEntry: Hashable, Sendable {
    public var model: ModelName
    public var location: S3Location
    public var sizeBytes: Int
    /// S3's ETag without its quotes, as given.
    public var etag: String
    public var lastModified: Timestamp

    public init(model: ModelName, location: S3Location, sizeBytes: Int, etag: String, lastModified: Timestamp) {
        self.model = model
        self.location = location
        self.sizeBytes = sizeBytes
        self.etag = etag
        self.lastModified = lastModified
    }
}

/// What came of adding a model to a manifest.
public enum RecordResult: Hashable, Sendable {
    case recorded
    case alreadyThere
    /// The server on the other side has no call for it; its own sync from S3 will do it, or nobody.
    case notSupported
}
