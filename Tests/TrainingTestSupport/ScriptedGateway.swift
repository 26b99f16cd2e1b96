public import JSONText
import Synchronization
public import Training
public import TrainingPorts

/// RunPod as a test tells it to be: answers in the order in which they were set, the last one again and again, and all calls kept.
public final class ScriptedGateway: TrainingGateway {
    public enum Call: Hashable, Sendable {
        case submit(JSONValue)
        case status(RunPodID)
        case cancel(RunPodID)
        case health
    }

    private struct State {
        var calls: [Call] = []
        var submissions = Script<SubmissionAnswer>(default: .accepted(RunPodID("job-1"), .inQueue))
        var statuses: [RunPodID: Script<StatusAnswer>] = [:]
        var cancels = Script<CancelAnswer>(default: .taken(RunPodObservation(state: .cancelled)))
        var healths = Script<HealthAnswer>(default: .known(EndpointHealth()))
    }

    public let endpoint: String
    public let carriesLimits: Bool
    private let state = Mutex(State())

    public init(endpoint: String = "endpoint", carriesLimits: Bool = true) {
        self.endpoint = endpoint
        self.carriesLimits = carriesLimits
    }

    public var calls: [Call] { state.withLock(\.calls) }

    /// The bodies that were submitted.
    public var submitted: [JSONValue] {
        calls.compactMap { if case .submit(let body) = $0 { body } else { nil } }
    }

    public func answerSubmissions(_ answers: SubmissionAnswer...) { state.withLock { $0.submissions.set(answers) } }
    public func answerStatus(of job: RunPodID, _ answers: StatusAnswer...) {
        state.withLock { $0.statuses[job, default: Script(default: .notFound("no such job"))].set(answers) }
    }
    public func answerCancels(_ answers: CancelAnswer...) { state.withLock { $0.cancels.set(answers) } }
    public func answerHealth(_ answers: HealthAnswer...) { state.withLock { $0.healths.set(answers) } }

    public func submit(_ request: JSONValue) async -> SubmissionAnswer {
        state.withLock { state in
            state.calls.append(.submit(request))
            return state.submissions.next()
        }
    }

    public func status(of job: RunPodID, at endpoint: String?) async -> StatusAnswer {
        state.withLock { state in
            state.calls.append(.status(job))
            return state.statuses[job]?.next() ?? .notFound("no such job")
        }
    }

    public func cancel(_ job: RunPodID, at endpoint: String?) async -> CancelAnswer {
        state.withLock { state in
            state.calls.append(.cancel(job))
            return state.cancels.next()
        }
    }

    public func health() async -> HealthAnswer {
        state.withLock { state in
            state.calls.append(.health)
            return state.healths.next()
        }
    }
}

/// Answers in order; the last one stays.
struct Script<Answer: Sendable>: Sendable {
    private var answers: [Answer]
    private let standard: Answer

    init(default standard: Answer) {
        self.standard = standard
        answers = []
    }

    mutating func set(_ answers: [Answer]) { self.answers = answers }

    mutating func next() -> Answer {
        guard let first = answers.first else { return standard }
        if answers.count > 1 { answers.removeFirst() }
        return first
    }
}
