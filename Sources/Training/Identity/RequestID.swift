/// Our name for one submission, `actor_0019_1760690576817_9f3a5c7e1b2d4f60`; sent inside `input`, never used again.
///
/// The prefix lets the deployed server's webhook handler find the actor even when a failed job's answer has no `loraName`.
public struct RequestID: Hashable, Sendable, Codable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// - Parameter random: 64 bits of chance; two submissions of one actor in the same millisecond must differ.
    public init(actor: ActorID, at time: Timestamp, random: UInt64) {
        let hex = String(random, radix: 16)
        let padding = String(repeating: "0", count: 16 - hex.count)
        rawValue = "actor_\(actor.padded)_\(time.milliseconds)_\(padding)\(hex)"
    }

    public var description: String { rawValue }

    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// RunPod's name of a job, kept and sent exactly as given: its form is not documented.
public struct RunPodID: Hashable, Sendable, Codable, CustomStringConvertible {
    public let rawValue: String

    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// Whether both name the same job: equal, or equal without one trailing `-e2`-like suffix.
    /// Only good among our own open attempts; a webhook's token decides before any id does.
    public func names(theSameJobAs other: RunPodID) -> Bool {
        rawValue == other.rawValue || base == other.base
    }

    /// Whether it ends as RunPod's ids do, in `-e1` or the like.
    public var hasSuffix: Bool { base.count < rawValue.count }

    private var base: Substring {
        guard let dash = rawValue.lastIndex(of: "-") else { return rawValue[...] }
        let suffix = rawValue[rawValue.index(after: dash)...].utf8
        guard let letter = suffix.first, (0x61...0x7A).contains(letter), suffix.count > 1,
            suffix.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
        else { return rawValue[...] }
        return rawValue[..<dash]
    }

    public var description: String { rawValue }

    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
