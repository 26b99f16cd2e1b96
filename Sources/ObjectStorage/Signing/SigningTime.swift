import Training

/// A moment in the two forms that Signature Version 4 writes: `20130524T000000Z` and `20130524`.
struct SigningTime: Hashable, Sendable {
    let stamp: String
    let day: String

    init(_ time: Timestamp) {
        let text = time.description
        stamp = String(text.prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
        day = String(stamp.prefix(8))
    }
}
