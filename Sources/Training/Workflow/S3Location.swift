/// An object on S3: a bucket and a key, the key's bytes as they are.
public struct S3Location: Hashable, Sendable, Codable, CustomStringConvertible {
    public let bucket: String
    public let key: String

    public init(bucket: String, key: String) {
        self.bucket = bucket
        self.key = key
    }

    /// `s3://bucket/key`, the key not percent-encoded: the form that the training worker takes.
    public var description: String { "s3://\(bucket)/\(key)" }
}
