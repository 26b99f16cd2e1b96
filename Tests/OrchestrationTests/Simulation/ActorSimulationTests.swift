import Foundation
import Testing
import Training

@Suite("The real actors in the simulated world")
struct ActorSimulationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seeds = environment["ACTOR_SEEDS"].flatMap(Int.init) ?? 200
    private static let chosen = environment["ACTOR_SEED"].flatMap(UInt64.init)

    /// What must have happened somewhere in the whole run.
    private static let sometimes = [
        "accepted and the answer lost", "bound by a webhook", "late webhook", "a webhook was lost", "died",
        "died while submitting", "the disk was full", "slept", "404", "quit", "a subscriber saw the end", "adopted",
        "a version was saved again", "ended as completed", "ended as failed", "ended as cancelled", "ended as lost",
    ]

    @Test("hundreds of histories keep every promise, whatever order the actors' steps come in")
    func histories() async {
        if let seed = ActorSimulationTests.chosen {
            let (trace, violations) = await offThePool {
                let run = ActorRun(seed: seed, isTracing: true)
                run.live()
                return run.world.with { ($0.trace, $0.violations) }
            }
            print(trace.joined(separator: "\n"))
            #expect(violations.isEmpty, "ACTOR_SEED=\(seed): \(violations)")
            return
        }
        let total = await Tally.gathered(from: ActorSimulationTests.seeds) { Tally(actorSeeds: $0) }
        if ActorSimulationTests.environment["COUNTERS"] != nil { print(total.counters.sorted { $0.key < $1.key }) }
        total.expectNoFailure(of: ActorSimulationTests.seeds, named: "ACTOR_SEED", in: "ActorSimulationTests")
        if ActorSimulationTests.seeds >= 200 { total.expect(ActorSimulationTests.sometimes) }
    }

    @Test("a seed replays exactly, byte for byte, and another one differs", arguments: [UInt64(3), 17, 42])
    func replay(seed: UInt64) async throws {
        let journals = try await offThePool {
            Result {
                try [seed, seed, seed + 1].map { seed in
                    let run = ActorRun(seed: seed)
                    run.live()
                    return try run.world.with(\.journal).map { try $0.line }.joined(separator: "\n")
                }
            }
        }.get()
        #expect(journals[0].count > 1000)
        #expect(journals[0] == journals[1])
        #expect(journals[0] != journals[2])
    }

    @Test(
        "a deliberate defect at the edge is caught",
        arguments: [Mutant.repeatsAfterTimeout, .writesFromStaleRead, .forgetsAdoption])
    func mutants(mutant: Mutant) async {
        let failing = await offThePool {
            (UInt64(1)...300).first { seed in
                let run = ActorRun(seed: seed, mutant: mutant)
                run.live()
                return run.world.with { !$0.violations.isEmpty }
            }
        }
        #expect(failing != nil, "\(mutant.rawValue) was not caught")
    }
}

extension Tally {
    init(actorSeeds seeds: [UInt64]) {
        self.init()
        for seed in seeds {
            let run = ActorRun(seed: seed)
            run.live()
            let (counters, violation) = run.world.with { ($0.counters, $0.violations.first) }
            self.counters.merge(counters) { $0 + $1 }
            self.counters["steps", default: 0] += run.executor.steps
            if let violation { failures.append((seed, violation)) }
        }
    }
}

extension EventRecord {
    /// All of it, as text.
    fileprivate var line: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let event = String(decoding: try encoder.encode(event), as: UTF8.self)
            return
                "\(sequence) \(time.milliseconds) \(id) \(cause ?? "") \(by) \(job?.description ?? "") \(attempt ?? 0) \(event)"
        }
    }
}
