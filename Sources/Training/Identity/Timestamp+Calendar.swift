extension Timestamp {
    static let millisecondsPerDay: Int64 = 86_400_000

    var day: Int64 { milliseconds.flooredQuotient(by: Timestamp.millisecondsPerDay) }
    var millisecondsOfDay: Int64 { milliseconds - day * Timestamp.millisecondsPerDay }

    /// Year, month and day in the proleptic Gregorian calendar, by counting in eras of 400 years that begin on 1 March.
    var civilDate: (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func daysBefore(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.flooredQuotient(by: 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Reads `2026-11-23T16:04:52Z` with an optional fraction, and with an offset such as `+00:00` or `+0000` in place of `Z`.
    /// A time without a zone is read as UTC: the present system writes such times, and nothing tells its zone.
    public init?(parsing text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T", "t", " "), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), reader.take(":"), let second = reader.number(2), let fraction = reader.milliseconds(),
            let offset = reader.zoneMinutes(), reader.isAtEnd, hour < 24, minute < 60, second < 61
        else { return nil }
        let days = Timestamp.daysBefore(year: year, month: month, day: day)
        let date = Timestamp(milliseconds: days * Timestamp.millisecondsPerDay)
        // The 30th of February would come out as a day of March.
        guard (1...12).contains(month), date.civilDate == (year, month, day) else { return nil }
        let minutes = hour * 60 + minute - offset
        self.init(milliseconds: date.milliseconds + (minutes * 60 + second) * 1000 + fraction)
    }
}

/// Reads digits and marks of a time from the front.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ marks: Unicode.Scalar...) -> Bool {
        guard let first = rest.first, marks.contains(where: { $0.value == UInt32(first) }) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ count: Int) -> Int64? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return Int64(Substring(digits))
    }

    /// The fraction of a second, 0 where there is none; nil for a point without digits.
    mutating func milliseconds() -> Int64? {
        guard take(".") else { return 0 }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        return Int64((String(Substring(digits)) + "00").prefix(3))
    }

    /// Minutes east of UTC; nil for what is no zone.
    mutating func zoneMinutes() -> Int64? {
        if isAtEnd || take("Z", "z") { return 0 }
        let sign: Int64 = rest.first == UInt8(ascii: "-") ? -1 : 1
        guard take("+", "-"), let hours = number(2) else { return nil }
        _ = take(":")
        guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let time = Timestamp(parsing: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time in ISO 8601")
        }
        self = time
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity, so that days before 1970 count right.
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
