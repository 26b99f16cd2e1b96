/// A point of time in the engine's own reckoning, in milliseconds since 1970-01-01 UTC.
///
/// Within one run it is the start time plus what a continuous clock has counted since, so a wall clock that jumps changes no order
/// and no duration. In a simulation it runs faster by the time scale.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    public static func + (time: Timestamp, seconds: Seconds) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds.adding(seconds.milliseconds))
    }

    /// How long ago `earlier` was; negative when it lies ahead.
    public static func - (time: Timestamp, earlier: Timestamp) -> Seconds {
        Seconds(milliseconds: time.milliseconds.subtracting(earlier.milliseconds))
    }

    /// ISO 8601 in UTC with milliseconds: `2026-11-23T16:04:52.120Z`.
    public var description: String {
        let (date, clock) = (civilDate, millisecondsOfDay)
        func pad(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return pad(date.year, 4) + "-" + pad(date.month, 2) + "-" + pad(date.day, 2) + "T" + pad(clock / 3_600_000, 2) + ":"
            + pad(clock / 60_000 % 60, 2) + ":" + pad(clock / 1000 % 60, 2) + "." + pad(clock % 1000, 3) + "Z"
    }
}

/// A length of time in whole milliseconds; negative where something lies ahead.
public struct Seconds: Hashable, Comparable, Sendable, Codable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    /// A number that is none reads 0, and one beyond all counting the longest or shortest length there is: none ends the program.
    public init(_ seconds: Double) {
        let milliseconds = (seconds * 1000).rounded()
        self.milliseconds = Int64(exactly: milliseconds) ?? (milliseconds > 0 ? .max : milliseconds < 0 ? .min : 0)
    }

    public static func seconds(_ value: Double) -> Seconds { Seconds(value) }
    public static func minutes(_ value: Double) -> Seconds { Seconds(value * 60) }
    public static func hours(_ value: Double) -> Seconds { Seconds(value * 3600) }

    public var inSeconds: Double { Double(milliseconds) / 1000 }
    /// Whole minutes, rounded down.
    public var wholeMinutes: Int { Int((Double(milliseconds) / 60_000).rounded(.down)) }

    public static func < (left: Seconds, right: Seconds) -> Bool { left.milliseconds < right.milliseconds }
    public static func + (left: Seconds, right: Seconds) -> Seconds {
        Seconds(milliseconds: left.milliseconds.adding(right.milliseconds))
    }
    public static func - (left: Seconds, right: Seconds) -> Seconds {
        Seconds(milliseconds: left.milliseconds.subtracting(right.milliseconds))
    }
    public static func * (left: Seconds, factor: Double) -> Seconds { Seconds(left.inSeconds * factor) }

    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

/// Sums that end at the largest or smallest number: times are read from outside, and a sum of two must not end the program.
extension Int64 {
    fileprivate func adding(_ other: Int64) -> Int64 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? (other > 0 ? .max : .min) : sum
    }

    fileprivate func subtracting(_ other: Int64) -> Int64 {
        let (difference, isOver) = subtractingReportingOverflow(other)
        return isOver ? (other > 0 ? .min : .max) : difference
    }
}
