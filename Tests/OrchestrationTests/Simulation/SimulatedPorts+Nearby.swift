import EngineAPI
import JSONText
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

extension SimulatedPorts: ModelStore, WebhookRoute, WorkflowTemplates {
    func find(_ model: ModelName, address: String?) async -> ModelFinding {
        guard case .modelFound(_, let finding) = await ask(.findModel(SimulatedPorts.attempt, model, address: address)) else {
            return .unreachable("cut off")
        }
        return finding
    }

    func models(of actor: ActorID) async -> [ModelName] { await gathered(actor)?.stored ?? [] }

    func ensure() async -> RouteState {
        guard case .routeRead = await ask(.readRoute) else { return .down("cut off") }
        return .up(address: "https://hook.example.org", detail: "simulated")
    }

    func address(for request: RequestID) async -> String? { "https://hook.example.org/hook/secret" }
    func template() async throws(PortError) -> JSONValue { sampleTemplate }
}

extension SimulatedPorts: JournalStore, EngineClock, RandomSource, Digester {
    func append(_ drafts: [EventDraft], payloads: [Payload]) throws(PortError) -> [EventRecord] {
        try world.with { $0.append(drafts, payloads, from: process) }.get()
    }

    func events(after sequence: Int) throws(PortError) -> [EventRecord] { world.with { Array($0.journal.dropFirst(sequence)) } }
    func payload(_ digest: String) throws(PortError) -> [UInt8]? { world.with { $0.payloads[digest] } }
    func now() -> Timestamp { world.with(\.clock) }
    func sleep(until time: Timestamp) async { _ = await call { $0.sleep($1, until: time, from: self.process, $2) } }
    func next() -> UInt64 { world.with { $0.random.next() } }
    func sha256(_ bytes: [UInt8]) -> String { PlainDigester().sha256(bytes) }
}
