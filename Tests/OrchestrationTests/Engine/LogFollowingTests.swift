import EngineAPI
import Synchronization
import Testing
import Training
import TrainingPorts
import WaitingTestSupport

@testable import Orchestration

@Suite("A worker's log, followed", .timeLimit(.minutes(1)))
struct LogFollowingTests {
    @Test("is read while the attempt is on its worker, and no longer")
    func following() async throws {
        let log = EndlessLog()
        var policy = Policy()
        policy.managesEndpoint = true
        let bench = try await Bench(policy: policy, management: log)
        await bench.train(1)
        try await bench.phase(of: 1, is: .waiting)
        let id = Stage.attempt(1)
        let runpod = try #require(await bench.engine.core.ledger[id]?.runpod)
        func tell(_ state: RunPodState) async {
            let observation = RunPodObservation(state: state, worker: "w1")
            await bench.engine.tell(.statusRead(id, .known(JobReport(id: runpod, observation: observation))))
        }
        await tell(.inProgress)
        try await bench.until("the line was taken in") { $0.core.runtime.progress[id]?.progress.step == 7 }
        #expect(log.open == 1)
        await tell(.failed)
        try await eventually("the log is let go") { log.open == 0 }
        try await bench.until("nobody follows") { $0.followers.isEmpty }
        #expect(log.begun == 1)
        await bench.stop()
    }
}

extension TrainingOrchestrator {
    func tell(_ input: Input) { take(input) }
}

/// One line, and then silence until the reader goes away.
private final class EndlessLog: EndpointManagement {
    private let counts = Mutex((open: 0, begun: 0))
    var open: Int { counts.withLock(\.open) }
    var begun: Int { counts.withLock(\.begun) }

    func endpointFacts() async -> ManagementAnswer<EndpointFacts> { .failed("not asked") }
    func workers() async -> ManagementAnswer<[WorkerFacts]> { .known([WorkerFacts(id: "w1", gpu: "NVIDIA L4")]) }
    func prices() async -> ManagementAnswer<PriceCatalogue> { .known(.published) }
    func account() async -> ManagementAnswer<AccountFacts> { .known(AccountFacts(balance: .zero)) }
    func bills(days: Int) async -> ManagementAnswer<[BillRecord]> { .known([]) }

    func followLog(of worker: String, after last: String?, _ take: @Sendable ([WorkerLogLine]) async -> Void) async -> LogEnd {
        counts.withLock { $0 = ($0.open + 1, $0.begun + 1) }
        await take([WorkerLogLine(id: "1", source: "container", time: nil, line: "steps:  1%| | 7/700 [00:07<11:33, 1.00it/s]")])
        let (silence, end) = AsyncStream.makeStream(of: Void.self)
        for await _ in silence {}
        end.finish()
        counts.withLock { $0.open -= 1 }
        return .cancelled
    }
}
