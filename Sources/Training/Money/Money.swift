/// An amount of US dollars in whole micro-dollars: sums are exact, whatever their order.
///
/// What is too large for a sane amount stays at the largest one instead of overflowing.
public struct Money: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let microdollars: Int64

    public static let zero = Money(microdollars: 0)
    /// Nine million million dollars: nothing here is larger.
    private static let largest: Int64 = 9_000_000_000_000_000_000

    public init(microdollars: Int64) {
        self.microdollars = min(max(microdollars, -Money.largest), Money.largest)
    }

    /// Rounded to the nearest micro-dollar; nil where the value is no number or out of all reason.
    public init?(dollars: Double) {
        guard dollars.isFinite, abs(dollars) < 1e12 else { return nil }
        self.init(microdollars: Int64((dollars * 1e6).rounded()))
    }

    /// Reads the text of a JSON number, exactly where it has no exponent: `435.85`.
    public init?(parsing text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard isPlain, let whole = parts.first.flatMap({ Int64($0) }), whole < 1_000_000_000_000 else {
            self.init(dollars: Double(text) ?? .nan)
            return
        }
        let digits = parts.count == 2 ? parts[1].prefix(7) : ""
        let padded = String(digits) + String(repeating: "0", count: 7 - digits.count)
        let micro = whole * 1_000_000 + ((Int64(padded) ?? 0) + 5) / 10
        self.init(microdollars: isNegative ? -micro : micro)
    }

    public static func < (left: Money, right: Money) -> Bool { left.microdollars < right.microdollars }

    public static func + (left: Money, right: Money) -> Money {
        let (sum, overflow) = left.microdollars.addingReportingOverflow(right.microdollars)
        return Money(microdollars: overflow ? (left.microdollars < 0 ? -largest : largest) : sum)
    }

    public static func - (left: Money, right: Money) -> Money { left + Money(microdollars: -right.microdollars) }
    public static func += (left: inout Money, right: Money) { left = left + right }

    public static func * (money: Money, count: Int) -> Money {
        let (product, overflow) = money.microdollars.multipliedReportingOverflow(by: Int64(count))
        return Money(microdollars: overflow ? ((money.microdollars < 0) == (count < 0) ? largest : -largest) : product)
    }

    /// What a price for an hour comes to in a time: whole seconds, a begun one counts, as RunPod bills.
    public func anHour(for time: Seconds) -> Money {
        guard time.milliseconds > 0 else { return .zero }
        let seconds = (time.milliseconds + 999) / 1000
        let (hours, rest) = seconds.quotientAndRemainder(dividingBy: 3600)
        return self * Int(clamping: hours) + Money(microdollars: ((self * Int(rest)).microdollars + 1800) / 3600)
    }

    /// For a ratio or a JSON number; never for adding up.
    public var dollars: Double { Double(microdollars) / 1e6 }

    /// `$1.05`, rounded to cents; `$0.004` where cents would show nothing of it.
    public var description: String {
        let sign = microdollars < 0 ? "-" : ""
        let (unit, digits): (Int64, Int) = microdollars.magnitude < 10_000 && microdollars != 0 ? (1000, 3) : (10_000, 2)
        let count = (Int64(clamping: microdollars.magnitude) + unit / 2) / unit
        let (whole, rest) = count.quotientAndRemainder(dividingBy: 1_000_000 / unit)
        let fraction = String(rest)
        return "\(sign)$\(whole)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}

extension Money: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(microdollars: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microdollars)
    }
}

extension Sequence<Money> {
    public var total: Money { reduce(.zero, +) }
}
