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

    /// Reads `2026-11-23T16:04:52Z` with an optional fraction, and with an offset such as `+00:00` in place of `Z`.
    /// A time without a zone is read as UTC: the present system writes such times, and nothing tells its zone.
    public init?(parsing text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return Int64(String(decoding: bytes[range], as: UTF8.self))
        }
        guard bytes.count >= 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[13] == 0x3A, bytes[16] == 0x3A,
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), (1...12).contains(month),
            (1...31).contains(day), let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            hour < 24, minute < 60, second < 61
        else { return nil }
        var rest = bytes[19...]
        var fraction: Int64 = 0
        if rest.first == 0x2E {
            let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
            fraction =
                Int64(
                    String(
                        decoding: Array(digits.prefix(3)) + Array(repeating: 0x30, count: max(0, 3 - digits.count)), as: UTF8.self
                    )) ?? 0
            rest = rest.dropFirst(1 + digits.count)
        }
        var offset: Int64 = 0
        if let sign = rest.first, sign == 0x2B || sign == 0x2D {
            let start = rest.startIndex
            guard let hours = number(start + 1..<start + 3), let minutes = number(start + 4..<start + 6) else { return nil }
            offset = (hours * 60 + minutes) * (sign == 0x2B ? 1 : -1)
        }
        let days = Timestamp.daysBefore(year: year, month: month, day: day)
        let minutes = hour * 60 + minute - offset
        self.init(milliseconds: days * Timestamp.millisecondsPerDay + (minutes * 60 + second) * 1000 + fraction)
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
