extension Ledger {
    /// Takes in what an end of the program means, for who reads a journal that no engine has open: an order that was being sent is in doubt.
    /// The engine records the same when it starts.
    /// - Parameter time: that of the newest event.
    /// - Returns: the attempts that are in doubt for that.
    public mutating func doubtWhatWasCutOff(at time: Timestamp) -> [AttemptID] {
        var doubted: [AttemptID] = []
        for attempt in openAttempts where attempt.phase.name == .submitting {
            let (job, number) = (attempt.id.job, attempt.id.number)
            apply(.submissionUncertain(.cutOff), job: job, attempt: number, at: time)
            if let runpod = attempt.webhook?.runpod {
                apply(
                    .submissionAccepted(Acceptance(runpod: runpod, evidence: "webhook")), job: job, attempt: number, at: time)
            } else {
                doubted.append(attempt.id)
            }
        }
        return doubted
    }
}

extension Doubt {
    /// The intent is on disk and the answer is not: whether the request left, nobody knows.
    public static let cutOff = Doubt(reason: "the program ended between record and answer")
}
