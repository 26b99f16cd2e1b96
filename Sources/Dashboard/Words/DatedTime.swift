import Training

extension Timestamp {
    /// Hour and minute, `14:02`; with the date in front where that is not today's: a time of yesterday's would look like one of an hour
    /// ago.
    func minuteText(seenAt now: Timestamp) -> String {
        dateText == now.dateText ? minuteText : "\(dateText.dropFirst(5)) \(minuteText)"
    }

    /// The same with seconds.
    func secondText(seenAt now: Timestamp) -> String {
        dateText == now.dateText ? secondText : "\(dateText) \(secondText)"
    }
}
