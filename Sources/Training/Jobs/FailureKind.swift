/// What kind of failure an attempt ended with: whether another try can mend it, and what two of a kind in a row suggest.
public enum FailureKind: Hashable, Sendable {
    /// The worker fell silent; RunPod gave the job up after its own tries.
    case workerLost
    /// No worker took it before RunPod's patience ended.
    case noCapacity
    /// It ran until the time limit that it was given.
    case timeLimit
    case outOfMemory
    /// RunPod turned the request down.
    case rejected
    /// RunPod forgot it and no model is there.
    case lost
    /// It completed, and the model is missing or damaged.
    case noModel
    /// The training data or the workflow were found wrong before or during the training; with the reason's own words.
    case content(String)

    /// Nil for an end that is no failure of the training: completed, cancelled, never submitted; and for one that is still open.
    public init?(of attempt: Attempt) {
        guard let ending = attempt.phase.ending else { return nil }
        self.init(of: attempt, ending: ending)
    }

    /// What kind of failure it would be if the attempt ended so.
    public init?(of attempt: Attempt, ending: Ending) {
        switch ending.outcome {
        case .completed, .cancelled, .neverSubmitted: return nil
        case .rejected: self = .rejected
        case .lost: self = .lost
        case .timedOut: self = FailureKind.timeOut(of: attempt)
        case .failed: self = FailureKind.failure(of: attempt, reason: ending.reason ?? "")
        }
    }

    private static func timeOut(of attempt: Attempt) -> FailureKind {
        if attempt.reachedItsLimit { return .timeLimit }
        return attempt.startedAt == nil ? .noCapacity : .workerLost
    }

    /// A worker that stops answering was seen to end as FAILED with `job timed out after N retries`, not as TIMED_OUT.
    private static func failure(of attempt: Attempt, reason: String) -> FailureKind {
        let text = reason.lowercased()
        if text.contains("job timed out after") { return attempt.reachedItsLimit ? .timeLimit : .workerLost }
        if text.contains("out of memory") { return .outOfMemory }
        if attempt.observed?.state == .completed { return .noModel }
        return .content(String(text.filter { !$0.isNumber }.prefix(60)))
    }

    /// Whether the same request may do better on another worker or at another time. Never for what the data or the workflow caused.
    public var canBeMendedByRetrying: Bool { self == .workerLost || self == .noCapacity }

    /// The suspected cause and the check that would prove it, in a sentence.
    public var suspicion: String {
        switch self {
        case .workerLost: "workers die during the training; look at the worker's log on RunPod's console for its last lines"
        case .noCapacity: "no worker takes the jobs; check that the endpoint's max workers is not 0 and that its GPU is available"
        case .timeLimit: "trainings take longer than their limit; compare a worker's steps a second with the expected ones"
        case .outOfMemory: "the GPU is too small for this workflow; check the endpoint's GPU type and the batch size"
        case .rejected: "RunPod refuses the request; check the API key, the endpoint's id and the balance"
        case .lost: "RunPod drops the jobs; check the endpoint's queue and whether somebody purges it"
        case .noModel: "trainings end without a usable model; check where the worker uploads to and its rights there"
        case .content(let text):
            "the same error twice (“\(text)”); check the workflow template and one actor's training data by hand"
        }
    }
}

extension Attempt {
    /// Whether it ran about as long as it was allowed to.
    var reachedItsLimit: Bool {
        guard let limit = order?.lastingLimits.execution, let ran = observed?.executionTime else { return false }
        return Double(ran) >= Double(limit.milliseconds) * 0.95
    }
}

/// Failures of one kind in a row.
public struct FailureStreak: Hashable, Sendable {
    public let kind: FailureKind
    public let count: Int
}
