import Foundation
import Testing

@Suite("The engine's core in a simulated world")
struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seeds = environment["SEEDS"].flatMap(Int.init) ?? 5000
    private static let chosen = environment["SEED"].flatMap(UInt64.init)

    /// What must have happened somewhere in the whole run: a counter at zero means that the world has stopped testing something.
    private static let sometimes = [
        "accepted and the answer lost", "bound by a webhook", "early webhook", "webhook in doubt", "late webhook",
        "a webhook was lost",
        "a forged webhook", "doubt ended by the model", "doubt ended by the horizon", "died", "died while submitting",
        "the disk was full", "slept", "clock jumped over a restart", "404", "RunPod dropped a job", "a model was missing",
        "a model was damaged", "a stale write", "a version was saved again", "a model was recorded again", "adopted",
        "an adopted job ended", "tried again by itself", "sent again under the same id", "held: failures", "held: rejected",
        "held: uncleanEnd", "ended as completed", "ended as failed", "ended as cancelled", "ended as timed_out", "ended as lost",
        "ended as rejected", "ended as never_submitted", "a failure had left its model", "an adopted version was closed",
        "a mark was taken up again", "a desk order was taken", "a desk order was refused", "a desk order met an open training",
        "a desk order came twice", "a desk cancel", "a desk retry",
    ]

    @Test("thousands of histories keep every promise, and each rare state is reached")
    func histories() async {
        if let seed = SimulationTests.chosen {
            let world = World(seed: seed, isTracing: true)
            world.live()
            print(world.trace.joined(separator: "\n"))
            #expect(world.violations.isEmpty, "SEED=\(seed): \(world.violations)")
            return
        }
        let total = await Tally.gathered(from: SimulationTests.seeds) { Tally(seeds: $0) }
        if SimulationTests.environment["COUNTERS"] != nil { print(total.counters.sorted { $0.key < $1.key }) }
        total.expectNoFailure(of: SimulationTests.seeds, named: "SEED", in: "SimulationTests")
        if SimulationTests.seeds >= 2000 { total.expect(SimulationTests.sometimes) }
    }

    @Test("a seed replays exactly")
    func replay() {
        for seed in [UInt64(3), 17, 4711] {
            let (first, second) = (World(seed: seed), World(seed: seed))
            first.live()
            second.live()
            #expect(first.journal == second.journal && !first.journal.isEmpty)
        }
    }

    @Test("each deliberate defect is caught", arguments: Mutant.allCases)
    func mutants(mutant: Mutant) async {
        let failing = await offThePool {
            (UInt64(1)...1500).first { seed in
                let world = World(seed: seed, mutant: mutant)
                world.live()
                return !world.violations.isEmpty
            }
        }
        #expect(failing != nil, "\(mutant.rawValue) was not caught")
    }
}
