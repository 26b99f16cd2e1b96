/// Limits the frames that nobody asked for with a key: the one place where that is decided.
struct FramePacer {
    let interval: Duration
    private var last: ContinuousClock.Instant?

    init(framesPerSecond: Int) {
        interval = .seconds(1) / max(1, framesPerSecond)
    }

    /// How long a frame without a key has to wait; zero when it may be drawn now.
    func delay(at now: ContinuousClock.Instant) -> Duration {
        guard let last else { return .zero }
        return max(.zero, last + interval - now)
    }

    mutating func drew(at now: ContinuousClock.Instant) { last = now }
}
