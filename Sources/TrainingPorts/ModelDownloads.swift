public import Training

/// Where models can be fetched from, whole.
public protocol ModelDownloads: Sendable {
    /// Writes a model to a file that gets its name when all of it is there and right; until then it lies beside it.
    /// - Parameter path: must not be there yet; nothing is written over.
    /// - Throws: `PortError`; `.conflict` where the file is there already, `.corrupted` where what came is not what was stored, and then
    ///   no file is left.
    func download(_ model: S3Location, to path: String) async throws(PortError) -> DownloadedModel
}

/// What was fetched.
public struct DownloadedModel: Hashable, Sendable {
    public var sizeBytes: Int
    /// The data was held against the hash that the trainer wrote into the file (`sshs_model_hash`). It finds a damaged transfer, not a
    /// forged file. False where the file has none.
    public var isHashChecked: Bool

    public init(sizeBytes: Int, isHashChecked: Bool) {
        self.sizeBytes = sizeBytes
        self.isHashChecked = isHashChecked
    }
}
