public import Training

/// Where trained models land. The last word on whether a training has left something.
public protocol ModelStore: Sendable {
    /// Looks for the model of that name.
    /// - Parameter address: where the job said that it put it; nil where it said nothing.
    func find(_ model: ModelName, address: String?) async -> ModelFinding
    /// The models of an actor that lie there, for the next version number; empty where nobody has access.
    /// - Throws: `PortError`, of code `.refused` where listing is not allowed, which stays so; of another where it may pass, and then
    ///   no version may be numbered: a number that is taken overwrites a model.
    func models(of actor: ActorID) async throws(PortError) -> [ModelName]
}

/// What a look for a model found. Only `absent` says that it is not there.
public enum ModelFinding: Hashable, Sendable {
    case present(StoredModel)
    /// It was looked for, and it is not there.
    case absent
    /// It is there and it is no whole model: `the header is longer than the file`.
    case broken(String)
    /// It could not be looked for: a fault that may pass.
    case unreachable(String)
    /// There is no access to the store, or no place that is known to look at; RunPod's word has to do, and the screen says so.
    case notChecked
}

/// A model that is there and whole.
public struct StoredModel: Hashable, Sendable, Codable {
    public var location: S3Location
    public var sizeBytes: Int
    public var etag: String
    public var lastModified: Timestamp
    /// What the file's own metadata says (`ss_network_dim`, `ss_steps`, …); shown, not judged.
    public var metadata: [String: String]

    public init(location: S3Location, sizeBytes: Int, etag: String, lastModified: Timestamp, metadata: [String: String] = [:]) {
        self.location = location
        self.sizeBytes = sizeBytes
        self.etag = etag
        self.lastModified = lastModified
        self.metadata = metadata
    }
}
