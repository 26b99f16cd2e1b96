import RunPod
import Training

/// RunPod's rate limits: so many calls of an operation in any ten seconds.
struct CallLimits: Hashable, Sendable {
    private var calls: [String: [Timestamp]] = [:]

    /// Counts a call.
    /// - Returns: nil where it may pass, else the seconds until one would.
    mutating func refusal(of operation: String, _ limit: RunPodLimits.Operation, at now: Timestamp) -> Int? {
        let window = Seconds.seconds(Double(limit.window.components.seconds))
        var recent = calls[operation, default: []]
        if let first = recent.first, now - first >= window { recent.removeAll { now - $0 >= window } }
        defer { calls[operation] = recent }
        guard recent.count >= limit.calls, let first = recent.first else {
            recent.append(now)
            return nil
        }
        return max(1, Int((window - (now - first)).inSeconds.rounded(.up)))
    }
}
