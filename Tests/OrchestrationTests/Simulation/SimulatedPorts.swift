import JSONText
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

/// Everything outside of one real process, with the simulated world behind it. A process that has died gets no answers and changes
/// nothing.
final class SimulatedPorts: Sendable {
    let world: SharedWorld
    let process: Int
    let endpoint = "endpoint"
    let carriesLimits = true
    let scale = 1.0

    init(world: SharedWorld, process: Int) {
        self.world = world
        self.process = process
    }

    /// Asks the outside. Nil: the process has died or the caller was cancelled before there was an answer.
    func ask(_ effect: Effect) async -> Input? { await call { $0.call($1, effect, from: self.process, $2) } }

    func call(_ begin: @Sendable (World, Int, CheckedContinuation<Input?, Never>) -> Void) async -> Input? {
        let number = world.with { world in
            world.nextCall += 1
            return world.nextCall
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                world.with { world in
                    if Task.isCancelled { continuation.resume(returning: nil) } else { begin(world, number, continuation) }
                }
            }
        } onCancel: {
            world.with { $0.resume(number, with: nil) }
        }
    }

    /// Of calls that are about an attempt only the answer's own part is used.
    static let attempt = AttemptID(job: JobID(0), number: 1)
    private static let gone = PortError(.unreachable, "cut off")
}

extension SimulatedPorts: TrainingGateway {
    func submit(_ request: JSONValue) async -> SubmissionAnswer {
        let id = RequestID(rawValue: request["input"]?["training_config"]?["request_id"]?.string ?? "")
        let order = world.with { world -> Effect? in
            guard world.isAlive(process) else { return nil }
            guard let (attempt, order) = world.order(of: id) else {
                world.violate("\(id) leaves, and the journal does not say so")
                return nil
            }
            return .submit(attempt, order)
        }
        guard let order, case .submitted(_, let answer) = await ask(order) else { return .uncertain("cut off") }
        return answer
    }

    func status(of job: RunPodID, at endpoint: String?) async -> StatusAnswer {
        let known = world.with { $0.core?.ledger.jobs.contains { $0.attempts.contains { $0.runpod == job } } ?? true }
        // Others' jobs are asked for by another name, for the defect that forgets them.
        guard known else {
            guard case .foreignRead(_, _, let answer) = await ask(.askForeign(ActorID(0), job)) else { return .failed("cut off") }
            return answer
        }
        guard case .statusRead(_, let answer) = await ask(.askStatus(SimulatedPorts.attempt, job, endpoint: endpoint)) else {
            return .failed("cut off")
        }
        return answer
    }

    func cancel(_ job: RunPodID, at endpoint: String?) async -> CancelAnswer {
        guard case .cancelAnswered(_, let answer) = await ask(.cancel(SimulatedPorts.attempt, job, endpoint: endpoint)) else {
            return .failed("cut off")
        }
        return answer
    }

    func health() async -> HealthAnswer {
        guard case .healthRead(let answer) = await ask(.readHealth) else { return .failed("cut off") }
        return answer
    }
}

extension SimulatedPorts: ActorMaker {
    func cast() async throws(PortError) -> Cast {
        guard case .castRead(let answer) = await ask(.readCast) else { throw SimulatedPorts.gone }
        return try answer.get()
    }

    func gathered(_ actor: ActorID) async -> Gathered? {
        guard case .prepared(_, .ready(let gathered)) = await ask(.prepare(SimulatedPorts.attempt, actor)) else { return nil }
        return gathered
    }

    func trainingData(of actor: ActorID) async throws(PortError) -> TrainingData {
        guard let gathered = await gathered(actor) else { throw SimulatedPorts.gone }
        return gathered.data
    }

    func versions(of actor: ActorID) async throws(PortError) -> [VersionRecord] {
        guard let gathered = await gathered(actor) else { throw SimulatedPorts.gone }
        return gathered.versions
    }

    func save(_ entry: VersionEntry, of actor: ActorID) async throws(PortError) {
        guard case .versionWritten(_, _, let fault) = await ask(.writeVersion(SimulatedPorts.attempt, actor, entry, .save))
        else { throw SimulatedPorts.gone }
        if let fault { throw PortError(.unreachable, fault) }
    }

    func record(_ model: ModelEntry, of actor: ActorID) async throws(PortError) -> RecordResult {
        guard case .modelWritten(_, let answer) = await ask(.recordModel(SimulatedPorts.attempt, actor, model)) else {
            throw SimulatedPorts.gone
        }
        return try answer.get()
    }

    func finish(_ job: RunPodID, of actor: ActorID, as state: VersionEntry.State) async throws(PortError) -> VersionRecord? {
        guard case .versionWritten(_, _, let fault) = await ask(.finishVersion(SimulatedPorts.attempt, actor, job, state))
        else { throw SimulatedPorts.gone }
        if let fault { throw PortError(.unreachable, fault) }
        // The engine does not ask how it stood before.
        return nil
    }

    func mark(_ version: VersionNumber, of actor: ActorID, good: Bool) async throws(PortError) {
        guard case .marked(_, let fault) = await ask(.mark(GoodMark(actor: actor, version: version, good: good)))
        else { throw SimulatedPorts.gone }
        if let fault { throw fault }
    }
}
