import EngineAPI
import Foundation
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("A fixed scenario of three jobs, killed at every place")
struct CrashPointTests {
    /// Three actors, two at once, one of them cancelled and tried again: no fault but the kill.
    private func history(dyingAt places: Set<Int>, mutant: Mutant? = nil) -> World {
        let world = World(seed: 1, mutant: mutant, faults: FaultPlan.none)
        world.dieAt = places
        world.longestDowntime = 300
        world.schedule(.starts(mayContinue: true), in: 0)
        world.run(until: world.now + 60_000)
        world.say(.setParallelism(2), twice: true)
        world.say(.train(actors: [ActorID(0), ActorID(1), ActorID(2)], origin: .operator, override: false), twice: true)
        world.run(until: world.now + 10 * 60_000)
        world.say(.cancel([JobID(2)]))
        world.run(until: world.now + World.hour)
        world.say(.retry([JobID(2)]))
        world.run(until: world.now + 12 * World.hour)
        world.run(History(isCalm: true))
        world.checkAtTheEnd()
        return world
    }

    /// Those of the places at which dying breaks a promise; on all cores, as each history is a world of its own.
    private func failing(_ places: [Int], dying: @escaping @Sendable (Int) -> Set<Int>) async -> [Int] {
        await withTaskGroup(of: [Int].self) { group in
            let lanes = max(1, min(places.count, ProcessInfo.processInfo.activeProcessorCount))
            for lane in 0..<lanes {
                group.addTask {
                    await offThePool {
                        stride(from: lane, to: places.count, by: lanes).map { places[$0] }.filter {
                            !history(dyingAt: dying($0)).violations.isEmpty
                        }
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }.sorted()
        }
    }

    @Test("without a kill all three are trained, and four models or versions are accounted for")
    func undisturbed() {
        let world = history(dyingAt: [])
        #expect(world.violations.isEmpty)
        #expect(
            world.core?.ledger.jobs.filter { $0.origin != .adopted }.map(\.latest.outcome) == [
                .completed, .completed, .completed,
            ])
        #expect(world.runpod.accepted.count == 4)
    }

    @Test("every single place to die leaves nothing paid twice, nothing lost and everything ended")
    func singlePoints() async {
        let places = history(dyingAt: []).hits
        #expect(places > 100)
        let failing = await failing(Array(1...places)) { [$0] }
        #expect(failing.isEmpty, "killed at \(failing)")
    }

    @Test("a second death inside of the recovery changes nothing of that")
    func pairs() async {
        let places = history(dyingAt: []).hits
        let failing = await failing(Array(stride(from: 1, through: places, by: 3))) { [$0, $0 + 1 + $0 % 7] }
        #expect(failing.isEmpty, "killed at \(failing) and 1 to 7 places behind each")
    }
}
