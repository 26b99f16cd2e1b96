import JSONText
import NIOHTTP1
public import Training

/// What is known after `POST /retry`. The engine makes a new attempt with a new version instead; this is for a person at the terminal.
public enum RequeueAnswer: Hashable, Sendable {
    /// The job waits again under the same id, with the same input and so the same model name: it overwrites an old model.
    case requeued(RunPodObservation)
    /// Only a job that has failed or timed out can be given back, and only while its result is kept.
    case refused(status: Int, String)
    case throttled(String, retryAfter: Seconds?)
    case failed(String)
}

/// What is known after `POST /purge-queue`, which removes every waiting job of the endpoint, other people's too.
public enum PurgeAnswer: Hashable, Sendable {
    /// Nil where RunPod did not say how many.
    case purged(removed: Int?)
    case throttled(String, retryAfter: Seconds?)
    case failed(String)
}

extension RunPodClient {
    /// Gives a failed or timed-out job back to the queue.
    public func retry(_ job: RunPodID) async -> RequeueAnswer {
        switch await call(.POST, "retry", job, gate: gates.retry) {
        case .failed(let words): .failed(words)
        case .strayed(let words): .refused(status: 404, words)
        case .held: .throttled("held back by our own limit", retryAfter: nil)
        case .complained(429, let words, let retryAfter): .throttled(words, retryAfter: retryAfter)
        case .complained(let status, let words, _): status < 500 ? .refused(status: status, words) : .failed(words)
        case .answered(let json): .requeued(JobAnswer(json)?.observation ?? RunPodObservation(state: .inQueue))
        }
    }

    /// Removes every waiting job of the endpoint.
    public func purgeQueue() async -> PurgeAnswer {
        switch await call(.POST, "purge-queue", gate: gates.purge) {
        case .failed(let words), .strayed(let words): .failed(words)
        case .held: .throttled("held back by our own limit of 2 purges in 10 s", retryAfter: nil)
        case .complained(429, let words, let retryAfter): .throttled(words, retryAfter: retryAfter)
        case .complained(_, let words, _): .failed(words)
        case .answered(let json): .purged(removed: json["removed"]?.int)
        }
    }
}
