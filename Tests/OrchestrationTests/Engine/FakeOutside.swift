import JSONText
import Synchronization
import Training
import TrainingPorts

@testable import Orchestration

/// Everything outside of the engine in one place, in memory: answers at once unless it is told to hold an answer back.
final class FakeOutside: ActorMaker, TrainingGateway, ModelStore, WebhookRoute, WorkflowTemplates, Digester, RandomSource {
    struct State {
        var profiles: [ActorProfile] = (1...3).map { .ready(ActorID($0)) }
        var states: [RunPodID: RunPodState] = [:]
        var submitted: [JSONValue] = []
        var asked = 0
        var cancelled: [RunPodID] = []
        var saved: [VersionEntry] = []
        var recorded: [ModelName] = []
        var random: UInt64 = 0
        /// Why the store's models cannot be listed.
        var listingFault: PortError?
        var isHeld = false
        var isReadingHeld = false
        var held: [Int: CheckedContinuation<Bool, Never>] = [:]
        var nextHeld = 0
    }

    let state = Mutex(State())
    let endpoint = "endpoint"
    let carriesLimits = true

    subscript<Value: Sendable>(_ path: any WritableKeyPath<State, Value> & Sendable) -> Value {
        get { state.withLock { $0[keyPath: path] } }
        set { state.withLock { $0[keyPath: path] = newValue } }
    }

    /// Waits until it is let go; false when the caller was cancelled first.
    private func wait() async -> Bool {
        let id = state.withLock { state in
            state.nextHeld += 1
            return state.nextHeld
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isGone = Task.isCancelled
                if isGone { continuation.resume(returning: false) } else { state.withLock { $0.held[id] = continuation } }
            }
        } onCancel: {
            state.withLock { $0.held.removeValue(forKey: id) }?.resume(returning: false)
        }
    }

    var heldCount: Int { state.withLock(\.held.count) }

    func letGo() {
        let held = state.withLock { state in
            (state.isHeld, state.isReadingHeld) = (false, false)
            defer { state.held = [:] }
            return state.held.values.map { $0 }
        }
        for continuation in held { continuation.resume(returning: true) }
    }

    func submit(_ request: JSONValue) async -> SubmissionAnswer {
        let job = state.withLock { state in
            state.submitted.append(request)
            let id = RunPodID("job\(state.submitted.count)-aaaa-e1")
            state.states[id] = .inQueue
            return id
        }
        if state.withLock(\.isHeld), await !wait() { return .uncertain("cut off") }
        return .accepted(job, .inQueue)
    }

    func status(of job: RunPodID, at endpoint: String?) async -> StatusAnswer {
        state.withLock { $0.asked += 1 }
        if state.withLock(\.isReadingHeld), await !wait() { return .failed("cut off") }
        guard let found = state.withLock({ $0.states[job] }) else { return .notFound("job not found") }
        return .known(JobReport(id: job, observation: RunPodObservation(state: found), address: "s3://models/x.safetensors"))
    }

    func cancel(_ job: RunPodID, at endpoint: String?) async -> CancelAnswer {
        state.withLock { state in
            state.cancelled.append(job)
            state.states[job] = .cancelled
        }
        return .taken(RunPodObservation(state: .cancelled))
    }

    func health() async -> HealthAnswer { .known(EndpointHealth()) }

    func cast() async throws(PortError) -> Cast { Cast(actors: state.withLock(\.profiles)) }

    func trainingData(of actor: ActorID) async throws(PortError) -> TrainingData {
        if state.withLock(\.isReadingHeld) { _ = await wait() }
        return Gathered.sample(actor).data
    }

    func versions(of actor: ActorID) async throws(PortError) -> [VersionRecord] { [] }
    func save(_ entry: VersionEntry, of actor: ActorID) async throws(PortError) { state.withLock { $0.saved.append(entry) } }

    func finish(_ job: RunPodID, of actor: ActorID, as state: VersionEntry.State) async throws(PortError) -> VersionRecord? {
        nil
    }

    func record(_ model: ModelEntry, of actor: ActorID) async throws(PortError) -> RecordResult {
        state.withLock { $0.recorded.append(model.model) }
        return .recorded
    }

    func mark(_ version: VersionNumber, of actor: ActorID, good: Bool) async throws(PortError) {}
    func find(_ model: ModelName, address: String?) async -> ModelFinding { .there }
    func models(of actor: ActorID) async throws(PortError) -> [ModelName] {
        if let fault = state.withLock(\.listingFault) { throw fault }
        return []
    }
    func ensure() async -> RouteState { .up(address: "https://hook.example.org", detail: "fake") }
    func address(for request: RequestID) async -> String? { "https://hook.example.org/hook/secret" }
    func template() async throws(PortError) -> JSONValue { sampleTemplate }
    func sha256(_ bytes: [UInt8]) -> String { PlainDigester().sha256(bytes) }

    func next() -> UInt64 {
        state.withLock { state in
            state.random += 1
            return state.random
        }
    }
}
