import Training

/// How a manifest writes its times, so that a new one looks like its neighbours: `2025-10-17T21:55:52.073668`, with a zone or without.
struct TimeForm: Hashable {
    /// Digits behind the second's point.
    var fraction: Int
    /// `Z`, an offset of zero, or nothing.
    var zone: String

    /// The form in which the scripts that make manifests write.
    static let manifest = TimeForm(fraction: 6, zone: "")

    init(fraction: Int, zone: String) {
        self.fraction = fraction
        self.zone = zone
    }

    /// The form of a time that is written somewhere; nil where that is no time.
    init?(of text: String) {
        guard Timestamp(parsing: text) != nil else { return nil }
        var rest = text.dropFirst("2025-10-17T21:55:52".count)
        fraction = 0
        if rest.first == "." {
            fraction = min(9, rest.dropFirst().prefix(while: \.isWholeNumber).count)
            rest = rest.dropFirst(1 + fraction)
        }
        zone = rest.isEmpty ? "" : rest == "Z" ? "Z" : "+00:00"
    }

    /// The time in UTC in this form.
    func text(_ time: Timestamp) -> String {
        let text = time.description
        let digits = text.dropFirst(20).prefix(3) + "000000"
        return text.prefix(19) + (fraction > 0 ? "." + digits.prefix(fraction) : "") + zone
    }
}
