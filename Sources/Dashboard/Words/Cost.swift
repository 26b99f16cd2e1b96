import Training

/// What an attempt costs, in US dollars, and how sure that is.
enum Cost: Hashable, Sendable {
    /// No price is known.
    case unknown
    /// Nobody knows whether it runs at all; the most to be expected if it does.
    case doubtful(Double?)
    /// Before it starts, or where RunPod's own time is missing at the end: then what is known of an end that nobody watched.
    case estimate(Double)
    case soFar(Double)
    /// After its end.
    case actual(Double)
    /// Of several attempts, where that of one is not known.
    case atLeast(Double)

    /// - Parameter estimated: what to expect of an attempt that has no order yet.
    init(of attempt: Attempt, estimated: Double?, now: Timestamp) {
        let known = attempt.cost(at: now)
        if let ending = attempt.phase.ending {
            // News of one that was said never to have left speaks against that.
            let ranNever =
                attempt.startedAt == nil && attempt.lateNews.isEmpty
                && [.neverSubmitted, .rejected, .cancelled].contains(ending.outcome)
            self = known.actual.map(Cost.actual) ?? known.soFar.map(Cost.estimate) ?? (ranNever ? .actual(0) : .unknown)
        } else if case .uncertain = attempt.phase {
            self = .doubtful(known.estimated ?? estimated)
        } else {
            self = known.soFar.map(Cost.soFar) ?? (known.estimated ?? estimated).map(Cost.estimate) ?? .unknown
        }
    }

    /// What a job costs with all its attempts: each was paid, whatever came of it. It is as sure as the least sure of them.
    init(of job: Job, estimated: Double?, now: Timestamp) {
        let latest = Cost(of: job.latest, estimated: estimated, now: now)
        let parts = job.attempts.dropLast().map { Cost(of: $0, estimated: nil, now: now) } + [latest]
        let sum = parts.compactMap(\.dollars).reduce(0, +)
        if parts.count == 1 {
            self = latest
        } else if parts.contains(where: { $0.dollars == nil }) {
            self = sum > 0 ? .atLeast(sum) : latest.dollars == nil ? latest : .unknown
        } else {
            self =
                switch latest {
                case .soFar: .soFar(sum)
                case .actual where !parts.contains(where: \.isEstimate): .actual(sum)
                default: .estimate(sum)
                }
        }
    }

    private var isEstimate: Bool { if case .estimate = self { true } else { false } }

    /// Dollars, where they are known in some way.
    var dollars: Double? {
        switch self {
        case .unknown, .doubtful: nil
        case .estimate(let value), .soFar(let value), .actual(let value), .atLeast(let value): value
        }
    }

    /// While nobody answers, a cost that grows is one if it still runs.
    func short(isAnswered: Bool) -> String {
        if case .soFar(let value) = self, !isAnswered { return value.inDollars + "?" }
        return short
    }

    func long(isAnswered: Bool) -> String {
        if case .soFar = self, !isAnswered { return long + " if it still runs" }
        return long
    }

    /// `?` where nobody knows whether it runs, `≈$0.48` for an estimate, `$0.12+` while it grows, `$0.47` at the end, `≥$0.47` where an
    /// attempt's part is not known.
    var short: String {
        switch self {
        case .unknown: ""
        case .doubtful: "?"
        case .estimate(let value): "≈" + value.inDollars
        case .soFar(let value): value.inDollars + "+"
        case .actual(let value): value.inDollars
        case .atLeast(let value): "≥" + value.inDollars
        }
    }

    var long: String {
        switch self {
        case .unknown: "not known"
        case .doubtful(let value):
            "not known" + (value.map { ": nothing if RunPod never got it, ≈ \($0.inDollars) if it runs" } ?? "")
        case .estimate(let value): "≈ \(value.inDollars)"
        case .soFar(let value): "\(value.inDollars) so far"
        case .actual(let value): value.inDollars
        case .atLeast(let value): "at least \(value.inDollars)"
        }
    }
}

extension Job {
    /// Says that a cost is that of more than one attempt; empty where there was only one.
    var costScope: String { attempts.count > 1 ? " for \(counted(attempts.count, "attempt"))" : "" }
}

extension Double {
    /// `$1.05`, rounded to cents.
    var inDollars: String {
        guard isFinite, magnitude < 1e12 else { return "$?" }
        let cents = Int((magnitude * 100).rounded())
        let rest = cents % 100
        return (self < 0 && cents > 0 ? "-$" : "$") + "\(cents / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
    }
}

/// `1 training`, `2 trainings`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
