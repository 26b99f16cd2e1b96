/// A model's version: the `7` of `V7`.
public struct VersionNumber: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let number: Int

    public init(_ number: Int) { self.number = number }

    /// Reads `V7`. Other names (`imported`, `V3b`) are nobody's number and give nil.
    public init?(parsing name: some StringProtocol) {
        guard name.first == "V" || name.first == "v", let number = ActorID(parsing: name.dropFirst()) else { return nil }
        self.number = number.rawValue
    }

    public var description: String { "V\(number)" }

    public static func < (left: VersionNumber, right: VersionNumber) -> Bool { left.number < right.number }

    public init(from decoder: any Decoder) throws {
        number = try decoder.singleValueContainer().decode(Int.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

/// The name under which a model is ordered, stored and found again: `actor_0019_V7`. It decides the object's key on S3, so two
/// attempts must never share one.
public struct ModelName: Hashable, Sendable, CustomStringConvertible {
    public let actor: ActorID
    public let version: VersionNumber

    public init(actor: ActorID, version: VersionNumber) {
        self.actor = actor
        self.version = version
    }

    /// Reads `actor_0019_V7` and the unpadded `actor_19_V7`, with or without `.safetensors`.
    public init?(parsing text: String) {
        var text = text[...]
        if text.hasSuffix(".safetensors") { text = text.dropLast(".safetensors".count) }
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "actor", let actor = ActorID(parsing: parts[1]),
            let version = VersionNumber(parsing: parts[2])
        else { return nil }
        self.init(actor: actor, version: version)
    }

    public var description: String { "actor_\(actor.padded)_\(version)" }

    /// The file that a training writes: `actor_0019_V7.safetensors`.
    public var fileName: String { "\(self).safetensors" }
}
