import EngineAPI
import Training

/// How long a training still takes: a range, or nothing where nothing is known. Better blank than wrong.
enum TimeLeft: Hashable, Sendable {
    case unknown
    /// Whole minutes, from the least to the most.
    case between(Int, Int)
    /// Whole minutes, at least 1, by which it runs longer than expected.
    case over(Int)

    /// What a measured rate and the first expectation may be off by.
    private static let measuredSpread = (0.92, 1.12)
    private static let expectedSpread = (0.8, 1.3)
    /// A rate that is older than this says nothing about now.
    private static let rateLifetime = Seconds.minutes(5)

    init(of attempt: Attempt, reading: ProgressReading?, now: Timestamp) {
        guard case .training = attempt.phase else {
            self = .unknown
            return
        }
        let age = reading.map { now - $0.asOf } ?? Seconds(0)
        if let left = reading?.left {
            // An old estimate is none, and what was expected before it is no better; that it should have ended by now is worth a word.
            let isFresh = age <= TimeLeft.rateLifetime && left.high > age
            self = isFresh ? TimeLeft(from: left.low - age, to: left.high - age) : TimeLeft(overrunOf: attempt, now: now)
            return
        }
        let rate = age <= TimeLeft.rateLifetime ? reading?.rate.flatMap { $0 > 1e-4 ? $0 : nil } : nil
        let isMeasured = rate != nil && reading?.progress.step != nil && reading?.progress.steps != nil
        if let left = attempt.timeLeft(at: now, progress: reading?.progress, rate: rate) {
            // All steps done leaves the upload, whose length nobody has measured.
            let seconds = left.inSeconds - (isMeasured ? age.inSeconds : 0)
            let spread = isMeasured ? TimeLeft.measuredSpread : TimeLeft.expectedSpread
            self = seconds > 0 ? TimeLeft(seconds: seconds, spread: spread) : .unknown
        } else {
            self = TimeLeft(overrunOf: attempt, now: now)
        }
    }

    private init(overrunOf attempt: Attempt, now: Timestamp) {
        let minutes = attempt.overrun(at: now)?.wholeMinutes ?? 0
        self = minutes > 0 ? .over(minutes) : .unknown
    }

    /// What is left by the newest estimate, as long as that says anything about now.
    static func fresh(_ reading: ProgressReading?, now: Timestamp) -> TimeEstimate? {
        guard let reading, now - reading.asOf <= rateLifetime else { return nil }
        return reading.left
    }

    private init(from low: Seconds, to high: Seconds) {
        let least = max(0, Int((low.inSeconds / 60).rounded(.down)))
        self = .between(least, max(least, Int((high.inSeconds / 60).rounded(.up))))
    }

    private init(seconds: Double, spread: (low: Double, high: Double)) {
        let low = Int((seconds * spread.low / 60).rounded(.down))
        let high = Int((seconds * spread.high / 60).rounded(.up))
        self = .between(low, max(low, high))
    }

    /// In at most eight columns for anything under 600 minutes.
    var short: String {
        switch self {
        case .unknown: ""
        case .between(let low, let high) where high >= 600: "\(low / 60)–\((high + 59) / 60)h"
        case .between(let low, let high): high <= 1 ? "<1m" : low == high ? "\(low)m" : "\(low)–\(high)m"
        case .over(let minutes) where minutes >= 600: "over \(minutes / 60)h"
        case .over(let minutes): "over \(minutes)m"
        }
    }

    var long: String {
        switch self {
        case .over(let minutes): "over by \(minutes) min"
        default: short
        }
    }
}
