import Foundation
import Testing

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

    /// Each of the first failures is told with the command that shows it again.
    func expectNoFailure(of seeds: Int, named variable: String, in suite: String, at place: SourceLocation = #_sourceLocation) {
        for failure in failures.prefix(5) {
            Issue.record("\(variable)=\(failure.seed) swift test --filter \(suite): \(failure.text)", sourceLocation: place)
        }
        #expect(failures.isEmpty, "\(failures.count) of \(seeds) seeds failed", sourceLocation: place)
    }

    /// A counter at zero means that the world has stopped testing something.
    func expect(_ names: [String], at place: SourceLocation = #_sourceLocation) {
        for name in names { #expect(counters[name, default: 0] > 0, "never happened: \(name)", sourceLocation: place) }
    }
}
