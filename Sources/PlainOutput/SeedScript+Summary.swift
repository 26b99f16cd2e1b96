public import JSONText
import TerminalUI
public import Training

/// What came of a run of `train`.
public struct TrainSummary: Hashable, Sendable {
    public var processed = 0
    public var successful = 0
    /// What ended and neither succeeded nor was cancelled: failed, lost, rejected.
    public var failed = 0
    public var cancelled = 0
    /// May be running, and be paid for: nobody knows yet whether RunPod has them.
    public var uncertain = 0
    /// Still queued when the run ended, because the queue is held.
    public var notSubmitted = 0
    /// Named, and not trained.
    public var leftOut: [LeftOut] = []
    /// US dollars, as far as they are known; nil where nothing is.
    public var cost: Double?
    /// Whether a part of the cost is only about right: of a training whose end nobody watched.
    public var isCostApproximate = false

    /// - Parameter attempts: the newest attempt of each job of the run.
    public init(_ attempts: [Attempt], leftOut: [LeftOut] = [], at now: Timestamp) {
        self.leftOut = leftOut
        processed = attempts.count
        successful = attempts.count { $0.outcome == .completed }
        cancelled = attempts.count { $0.outcome == .cancelled }
        uncertain = attempts.count { $0.phase.name == .uncertain }
        notSubmitted = attempts.count { $0.phase.name == .queued }
        failed = processed - successful - cancelled - uncertain - notSubmitted
        let costs = attempts.compactMap { $0.cost(at: now).actual ?? $0.cost(at: now).soFar }
        isCostApproximate = attempts.contains { $0.cost(at: now).isApproximate }
        cost = costs.isEmpty ? nil : costs.reduce(0, +)
    }

    public var json: JSONValue {
        [
            "summary": [
                "processed": .integer(processed), "successful": .integer(successful), "failed": .integer(failed),
                "cancelled": .integer(cancelled), "cost": .dollars(cost),
                "cost_approximate": .bool(isCostApproximate), "uncertain": .integer(uncertain),
                "not_submitted": .integer(notSubmitted),
                "left_out": .array(leftOut.map(\.value)),
            ]
        ]
    }
}

extension SeedScript {
    /// How an attempt ended.
    /// - Parameter name: the actor's, where more than one is in training.
    public static func ended(_ attempt: Attempt, of name: String? = nil) -> [PlainLine] {
        guard let ending = attempt.phase.ending else {
            guard case .uncertain(_, let reason) = attempt.phase else { return [] }
            return [warning("\(attempt.id.job) is uncertain: \(reason). Look at it with “jobs”, end it with “resolve”.")]
        }
        switch ending.outcome {
        case .completed:
            return [line("✓ Training completed!\(suffix(name))")] + (ending.model.map { [line("Model URL: \($0)")] } ?? [])
        case .cancelled:
            // Most reasons say it themselves: “cancelled before it was submitted”.
            let reason = ending.reason ?? "cancelled"
            return [line("✗ Training " + (reason.hasPrefix("cancelled") ? reason : "cancelled: \(reason)") + suffix(name))]
        default: return [line("✗ Training \(ending.outcome.rawValue): \(ending.reason ?? "no reason was given")\(suffix(name))")]
        }
    }

    public static func summary(_ summary: TrainSummary) -> [PlainLine] {
        var lines: [PlainLine] = [
            rule(60), plain("Training Summary"), rule(60), plain("Total actors processed: \(summary.processed)"),
            plain("Successful: \(summary.successful)"),
            plain("Failed: \(summary.failed + summary.cancelled)"),
        ]
        if summary.uncertain > 0 { lines.append(plain("Uncertain: \(summary.uncertain), it may be running; “jobs” shows it")) }
        if summary.notSubmitted > 0 { lines.append(plain("Not submitted: \(summary.notSubmitted)")) }
        if !summary.leftOut.isEmpty {
            lines.append(plain("Not trained: \(summary.leftOut.map(\.sentence).joined(separator: "; "))"))
        }
        if summary.successful > 0 { lines.append(plain("✓ Successful models have been saved to manifests")) }
        return lines
    }

    private static func plain(_ text: String) -> PlainLine { PlainLine("", DisplayText(untrusted: text)) }

    public static let versionSaved = line("✓ Training version saved")
    public static let sending = line("Sending training request to RunPod...")

    public static func monitoring(_ name: String) -> PlainLine { line("Monitoring training for \(name)...") }
}
