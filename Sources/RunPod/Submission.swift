import JSONText
import Training
import TrainingPorts

/// What an answer to `POST /run` proves. Everything is uncertain until a line here says why it is not.
enum Submission {
    /// The refusals that the API itself makes before it takes a job; 408 is none of them, a gateway may send it after the job was taken.
    static let refusals: Set<Int> = [400, 401, 402, 403, 404, 413, 422]

    /// - Parameter answer: an answer that came in whole.
    static func classified(_ answer: HTTPAnswer) -> SubmissionAnswer {
        let complaint = ErrorBody(answer.body)
        switch answer.status {
        case 200..<300: return accepted(answer)
        // Turned away by a limit, whoever keeps it, before the request was worked on.
        case 429: return .throttled(complaint.sentence(status: 429), retryAfter: answer.retryAfter)
        // Only with the API's own words: a captive portal or a proxy refuses in HTML, and proves nothing about what it did before.
        case let status where refusals.contains(status):
            // The status goes beside the words, not into them: whoever tells of a refusal names it once.
            guard let words = complaint.ownMessage else { return .uncertain(complaint.sentence(status: status)) }
            return .rejected(status: status, words)
        case 300..<400:
            return .uncertain(
                "RunPod answered \(answer.status), a redirection; it is not followed, for it would send the order again")
        default: return .uncertain(complaint.sentence(status: answer.status))
        }
    }

    private static func accepted(_ answer: HTTPAnswer) -> SubmissionAnswer {
        guard let json = try? JSONValue(parsing: answer.body), let job = JobAnswer(json) else {
            return .uncertain("RunPod answered \(answer.status) with something that is no JSON object")
        }
        guard let id = job.id else { return .uncertain("RunPod answered \(answer.status) without a job id") }
        return .accepted(RunPodID(id), job.status.map { RunPodState($0) } ?? .inQueue)
    }
}
