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
        for failure in total.failures.prefix(5) {
            Issue.record("SEED=\(failure.seed) swift test --filter SimulationTests: \(failure.text)")
        }
        #expect(total.failures.isEmpty, "\(total.failures.count) of \(SimulationTests.seeds) seeds failed")
        guard SimulationTests.seeds >= 2000 else { return }
        for name in SimulationTests.sometimes { #expect(total.counters[name, default: 0] > 0, "never happened: \(name)") }
    }

    @Test("a seed replays exactly")
    func replay() {
        for seed in [UInt64(3), 17, 4711] {
            let (first, second) = (World(seed: seed), World(seed: seed))
            first.live()
            second.live()
            #expect(first.journal == second.journal)
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

/// What came of a number of seeds.
struct Tally: Sendable {
    var counters: [String: Int] = [:]
    var failures: [(seed: UInt64, text: String)] = []

    init() {}

    init(seeds: [UInt64]) {
        for seed in seeds {
            let world = World(seed: seed)
            world.live()
            counters.merge(world.counters) { $0 + $1 }
            if let violation = world.violations.first { failures.append((seed, violation)) }
        }
    }

    /// Tries seeds from 1 on, as many at once as there are processors.
    static func gathered(from seeds: Int, _ tally: @escaping @Sendable ([UInt64]) -> Tally) async -> Tally {
        await withTaskGroup(of: Tally.self) { group in
            let lanes = max(1, min(seeds, ProcessInfo.processInfo.activeProcessorCount))
            for lane in 0..<lanes {
                group.addTask {
                    await offThePool { tally(stride(from: lane + 1, through: seeds, by: lanes).map(UInt64.init)) }
                }
            }
            return await group.reduce(into: Tally()) { $0.add($1) }
        }
    }

    mutating func add(_ other: Tally) {
        counters.merge(other.counters) { $0 + $1 }
        failures += other.failures
        failures.sort { $0.seed < $1.seed }
    }
}
