import JSONText
import RunPod
import Synchronization
import Testing
import Training
import TrainingPorts
import WaitingTestSupport

@testable import RunPodSimulator

/// The real management client against the simulator, over HTTP on loopback.
@Suite(.timeLimit(.minutes(2))) struct ManagementClientTests {
    private func clients<Result: Sendable>(
        _ scale: Double = 1, logUnit: Duration = .milliseconds(50),
        _ body: @Sendable (SimulatorAddress, RunPodClient, RunPodManagementClient) async throws -> Result
    ) async throws -> Result {
        let scratch = try Scratch()
        return try await SimulatorServer.with(try scratch.configuration(scale: scale)) { simulator in
            try await simulator.client { client in
                let management = RunPodManagementClient(
                    base: simulator.base, graphQL: simulator.graphQL, endpoint: "ep", key: Secret("any-key"),
                    logUnit: logUnit)
                do {
                    let result = try await body(simulator, client, management)
                    await management.shutdown()
                    return result
                } catch {
                    await management.shutdown()
                    throw error
                }
            }
        }
    }

    @Test("from a job to its worker, its GPU, its price, and the balance that falls")
    func money() async throws {
        try await clients { simulator, client, management in
            let facts = try #require(await management.endpointFacts().value)
            #expect(facts.mostWorkers == 3 && facts.pools == SimulatedGPU.pools && facts.executionTimeout == nil)
            let before = try #require(await management.account().value)
            #expect(before.balance == SimulatedAccount.openingBalance && before.spendPerHour == .zero)
            let id = try #require(await client.submitted(World.order(steps: 2000)))
            _ = await SimulatorFinder.skip(simulator.url, seconds: 600)
            guard case .known(let report) = await client.status(of: id) else {
                Issue.record("the job should be known")
                return
            }
            let worker = try #require(await management.workers().value?.first { $0.id == report.observation.worker })
            let catalogue = try #require(await management.prices().value)
            let price = try #require(worker.gpu.flatMap { catalogue.gpu($0)?.perHour })
            #expect(PriceCatalogue.published.gpu(worker.gpu ?? "")?.perHour == price)
            let after = try #require(await management.account().value)
            #expect(after.spendPerHour == price)
            let spent = before.balance - after.balance
            #expect(spent > price.anHour(for: .seconds(500)) && spent < price.anHour(for: .seconds(700)))
            #expect(await management.bills(days: 1).value?.first?.total ?? .zero >= spent)
        }
    }

    @Test("a log is followed line by line, interrupted, gone on with by id, and ends with its worker")
    func log() async throws {
        // Slow enough that the worker is still there when it is first asked for.
        try await clients(150) { _, client, management in
            let id = try #require(await client.submitted(World.order(steps: 300)))
            let worker = try await eventualValue("it is on a worker") { () -> String? in
                guard case .known(let report) = await client.status(of: id) else { return nil }
                return report.observation.worker
            }
            let taken = Mutex<[WorkerLogLine]>([])
            let first = Task {
                await management.followLog(of: worker, after: nil) { lines in taken.withLock { $0 += lines } }
            }
            try await eventually("there are lines") { taken.withLock { $0.count > 25 } }
            first.cancel()
            #expect(await first.value == .cancelled)
            let last = taken.withLock { $0.last?.id }
            let end = await management.followLog(of: worker, after: last) { lines in taken.withLock { $0 += lines } }
            #expect(end == .gone)
            let lines = taken.withLock(\.self)
            #expect(Set(lines.map(\.id)).count == lines.count)
            #expect(zip(lines, lines.dropFirst()).allSatisfy { ($0.id ?? "") < ($1.id ?? "") })
            let steps = lines.compactMap { TrainerLogLine($0.line).progress?.step }
            #expect(steps == Array(stride(from: 0, through: 300, by: 5)))
            #expect(lines.contains { $0.line.contains("Uploading") })
        }
    }

    @Test("what lies ready when a log is followed no more is taken yet, for the last lines say why a training failed")
    func lastLines() async throws {
        try await clients(30, logUnit: .seconds(60)) { _, client, management in
            let id = try #require(await client.submitted(World.order(steps: 2000)))
            func report() async -> JobReport? {
                guard case .known(let report) = await client.status(of: id) else { return nil }
                return report
            }
            let worker = try await eventualValue("a worker has it") { await report()?.observation.worker }
            let taken = Mutex<[WorkerLogLine]>([])
            let follower = Task {
                await management.followLog(of: worker, after: nil) { lines in taken.withLock { $0 += lines } }
            }
            let step: @Sendable () -> Int = {
                taken.withLock { $0.compactMap { TrainerLogLine($0.line).progress?.step }.max() ?? 0 }
            }
            // The next beat is two minutes away: what is written from now on waits in the connection.
            try await eventually("the first lines are there") { taken.withLock { !$0.isEmpty } }
            let read = step()
            let written = try await eventualValue("fifty steps more") {
                await report()?.progress?.step.flatMap { $0 > read + 50 ? $0 : nil }
            }
            #expect(step() < written - 5)
            follower.cancel()
            #expect(await follower.value == .cancelled)
            #expect(step() >= written - 5)
        }
    }

    @Test("a wrong key is refused in every place, and the log of nobody's worker is gone")
    func refused() async throws {
        let scratch = try Scratch()
        try await SimulatorServer.with(try scratch.configuration { $0.wrongKey = Secret("wrong") }) { simulator in
            let wrong = RunPodManagementClient(
                base: simulator.base, graphQL: simulator.graphQL, endpoint: "ep", key: Secret("wrong"))
            let right = RunPodManagementClient(
                base: simulator.base, graphQL: simulator.graphQL, endpoint: "ep", key: Secret("right"))
            #expect(await wrong.account() == .refused("RunPod answered 401: unauthorized"))
            #expect(await wrong.workers() == .refused("RunPod answered 401: unauthorized"))
            #expect(await wrong.followLog(of: "w", after: nil) { _ in } == .refused("RunPod answered 401: unauthorized"))
            #expect(await right.followLog(of: "w", after: nil) { _ in } == .gone)
            await wrong.shutdown()
            await right.shutdown()
        }
    }
}
