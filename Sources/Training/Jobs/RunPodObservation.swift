/// RunPod's states, compared without regard to case. `RUNNING` is in its documents and nowhere else; it is taken as in progress.
public enum RunPodState: Hashable, Sendable, Codable, CustomStringConvertible {
    case inQueue, inProgress, completed, failed, cancelled, timedOut
    /// RunPod does not know the job now: it may have ended, or go on under another suffix. Our word, not one of RunPod's.
    case gone
    /// A word that this program does not know: the job is taken to be going on, and the word is shown.
    case unknown(String)

    public init(_ word: String) {
        switch word.uppercased() {
        case "IN_QUEUE": self = .inQueue
        case "IN_PROGRESS", "RUNNING": self = .inProgress
        case "COMPLETED": self = .completed
        case "FAILED": self = .failed
        case "CANCELLED", "CANCELED": self = .cancelled
        case "TIMED_OUT": self = .timedOut
        case "GONE": self = .gone
        default: self = .unknown(word)
        }
    }

    public var description: String {
        switch self {
        case .inQueue: "IN_QUEUE"
        case .inProgress: "IN_PROGRESS"
        case .completed: "COMPLETED"
        case .failed: "FAILED"
        case .cancelled: "CANCELLED"
        case .timedOut: "TIMED_OUT"
        case .gone: "GONE"
        case .unknown(let word): word
        }
    }

    public var isFinal: Bool {
        switch self {
        case .completed, .failed, .cancelled, .timedOut: true
        case .inQueue, .inProgress, .gone, .unknown: false
        }
    }

    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// One answer of RunPod about a job, without its output.
public struct RunPodObservation: Hashable, Sendable, Codable {
    public var state: RunPodState
    /// Milliseconds from submission to start, counted anew when the job is given to another worker.
    public var delayTime: Int?
    /// Milliseconds on a worker.
    public var executionTime: Int?
    /// How often the platform gave the job to a worker again; each may have been billed.
    public var retries: Int?
    public var worker: String?
    /// Where a completed job says that its model is, without what follows a `?`; nil where it says nothing.
    public var address: String?

    /// The longest time that is believed, in milliseconds: a year. RunPod deletes every job after a week.
    public static let longestTime = 366 * 86_400_000
    static let mostRetries = 1_000_000

    /// Numbers that cannot be (negative ones, times beyond a year) are taken for not told: they come from outside and from journals,
    /// and everything later counts with them.
    public init(
        state: RunPodState, delayTime: Int? = nil, executionTime: Int? = nil, retries: Int? = nil, worker: String? = nil,
        address: String? = nil
    ) {
        func believed(_ number: Int?, _ most: Int) -> Int? { number.flatMap { (0...most).contains($0) ? $0 : nil } }
        self.state = state
        self.delayTime = believed(delayTime, RunPodObservation.longestTime)
        self.executionTime = believed(executionTime, RunPodObservation.longestTime)
        self.retries = believed(retries, RunPodObservation.mostRetries)
        self.worker = worker
        self.address = address
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            state: try container.decode(RunPodState.self, forKey: .state),
            delayTime: try container.decodeIfPresent(Int.self, forKey: .delayTime),
            executionTime: try container.decodeIfPresent(Int.self, forKey: .executionTime),
            retries: try container.decodeIfPresent(Int.self, forKey: .retries),
            worker: try container.decodeIfPresent(String.self, forKey: .worker),
            address: try container.decodeIfPresent(String.self, forKey: .address))
    }

    /// Whether a worker has it that did not have it before: it was dispatched again, though nobody saw it wait in between.
    func isDispatchedAgain(after earlier: RunPodObservation?) -> Bool {
        guard let earlier, state == .inProgress else { return false }
        if let worker, let before = earlier.worker, worker != before { return true }
        return (retries ?? 0) > (earlier.retries ?? 0)
    }

    /// Whether this is news worth keeping: RunPod's running times alone are not, they change with every poll.
    public func isNews(after earlier: RunPodObservation?) -> Bool {
        guard let earlier else { return true }
        return state != earlier.state || (retries ?? 0) != (earlier.retries ?? 0) || (worker != nil && worker != earlier.worker)
    }
}
