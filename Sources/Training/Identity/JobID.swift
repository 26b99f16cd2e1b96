/// Our own number of a job, `j12` in words. A bare number names an actor.
public struct JobID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let number: Int

    public init(_ number: Int) { self.number = number }

    /// Reads `j12`.
    public init?(parsing text: some StringProtocol) {
        guard text.first == "j" || text.first == "J", let number = ActorID(parsing: text.dropFirst()) else { return nil }
        self.number = number.rawValue
    }

    public var description: String { "j\(number)" }

    public static func < (left: JobID, right: JobID) -> Bool { left.number < right.number }

    public init(from decoder: any Decoder) throws {
        number = try decoder.singleValueContainer().decode(Int.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

/// One attempt of a job, numbered from 1.
public struct AttemptID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let job: JobID
    public let number: Int

    public init(job: JobID, number: Int) {
        self.job = job
        self.number = number
    }

    public var description: String { "\(job).\(number)" }

    public static func < (left: AttemptID, right: AttemptID) -> Bool {
        (left.job, left.number) < (right.job, right.number)
    }
}
