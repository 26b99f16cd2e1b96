extension Timestamp {
    /// Hour and minute in UTC: `14:02`.
    public var minuteText: String { Timestamp.clockText([millisecondsOfDay / 3_600_000, millisecondsOfDay / 60_000 % 60]) }
    /// Hour, minute and second in UTC: `14:02:11`.
    public var secondText: String {
        Timestamp.clockText(
            [millisecondsOfDay / 3_600_000, millisecondsOfDay / 60_000 % 60, millisecondsOfDay / 1000 % 60])
    }

    /// Two digits each with colons between. Without the date around it: the log writes one for each line of each frame.
    private static func clockText(_ parts: [Int64]) -> String {
        var text = ""
        for part in parts {
            if !text.isEmpty { text += ":" }
            text += part < 10 ? "0\(part)" : "\(part)"
        }
        return text
    }
}
