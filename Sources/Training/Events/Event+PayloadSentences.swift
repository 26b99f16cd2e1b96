/// What events carry, in words; raw text.
extension RunPodObservation {
    var sentence: String {
        guard state != .gone else {
            return "RunPod does not know it now; its model, its webhook or its limits will tell how it ended"
        }
        var text = "RunPod says \(state)"
        if let worker { text += " on worker \(worker)" }
        if let retries, retries > 0 { text += ", given to a worker again (\(retries) \(retries == 1 ? "retry" : "retries"))" }
        return text
    }
}

extension WebhookNews {
    var sentence: String {
        let claim = "a webhook says \(state?.description ?? "nothing of a state")"
        return error.map { "\(claim): \($0)" } ?? claim
    }
}

extension GoodMark {
    var model: ModelName { ModelName(actor: actor, version: version) }
    var words: String { good ? "good" : "not good" }
}

extension Ending {
    var sentence: String {
        let detail = [model.map { "model at \($0)" }, reason, unwatched?.words].compactMap(\.self).joined(separator: "; ")
        // A reason that begins with the outcome says it already: “cancelled before it was submitted”.
        return detail.isEmpty ? outcome.words : detail.hasPrefix(outcome.words) ? detail : "\(outcome.words): \(detail)"
    }
}

extension LastSign {
    var words: String {
        switch basis {
        case .model: "it ended while nobody watched, ~\(at.minuteText)"
        case .seen: "nobody watched its end, last seen ~\(at.minuteText)"
        }
    }
}

extension Outcome {
    /// The outcome in words for people: `timed out`.
    public var words: String {
        switch self {
        case .timedOut: "timed out"
        case .neverSubmitted: "never submitted"
        default: rawValue
        }
    }

    var severity: Note.Severity {
        switch self {
        case .completed, .cancelled: .info
        case .failed, .rejected, .timedOut, .neverSubmitted: .warning
        case .lost: .alarm
        }
    }
}

extension Job.Origin {
    var words: String {
        switch self {
        case .operator: "by the operator"
        case .automatic: "by the program's own choice"
        case .server: "through the server"
        case .adopted: "because somebody else started it"
        }
    }
}
