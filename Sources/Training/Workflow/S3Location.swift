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

    /// By bytes: composed and decomposed accents are two keys on S3, and one text to Swift.
    public static func == (left: S3Location, right: S3Location) -> Bool {
        left.bucket.utf8.elementsEqual(right.bucket.utf8) && left.key.utf8.elementsEqual(right.key.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for byte in bucket.utf8 { hasher.combine(byte) }
        hasher.combine(UInt8(ascii: "/"))
        for byte in key.utf8 { hasher.combine(byte) }
    }
}
