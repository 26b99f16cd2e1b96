import JSONText
import RunPod
import Testing
import Training

@testable import RunPodSimulator

@Suite struct ReplayTests {
    /// A log of random inputs.
    static func inputs(seed: UInt64) throws -> [SimulatorInput] {
        var chance = SplitMix64(seed)
        let faults = Fault.allCases.filter { $0 != .errorForm }
        let orders = (0..<3).map { _ in
            FaultOrder(faults[Int(chance.next() % UInt64(faults.count))], model: "V\(chance.next() % 9)")
        }
        let settings = SimulatorSettings(seed: seed, workers: 1 + Int(chance.next() % 3), faults: orders)
        var now = Timestamp(milliseconds: 1_800_000_000_000)
        var endpoint = SimulatedEndpoint(name: "ep", instance: 1, settings: settings)
        var inputs = [SimulatorInput(time: now, endpoint: "ep", call: .settings(settings))]
        var ids = ["nobody-u1"]
        func take(_ call: SimulatorCall) {
            inputs.append(SimulatorInput(time: now, endpoint: "ep", call: call))
            let result = endpoint.handle(call, at: now)
            if let job = result.reply.accepted { ids.append(job.id) }
            answer(result.effects)
        }
        func answer(_ effects: [SimulatorEffect]) {
            for case .call(let call) in effects where chance.next() % 4 > 0 {
                take(.webhookAnswered(job: call.job, number: call.number, taken: chance.next() & 1 == 0))
            }
        }
        for place in 0..<40 {
            now = now + .seconds(chance.between(0, 700))
            answer(endpoint.advance(to: now))
            let id = ids[Int(chance.next() % UInt64(ids.count))]
            switch chance.next() % 8 {
            case 0: take(.cancel(id))
            case 1: take(.retry(id))
            case 2: take(.purge)
            default: take(.run(World.order("actor_0001_V\(place)", steps: 300 + place, webhook: "http://hook")))
            }
        }
        return inputs
    }

    @Test("a replay gives the same jobs, however often it is looked at in between", arguments: 1...20)
    func replay(_ seed: Int) throws {
        let inputs = try ReplayTests.inputs(seed: UInt64(seed))
        func replayed(glances: Int) throws -> SimulatedEndpoint {
            guard case .settings(let settings) = inputs[0].call else { throw CancellationError() }
            var endpoint = SimulatedEndpoint(name: "ep", instance: 1, settings: settings)
            for (before, input) in zip(inputs, inputs.dropFirst()) {
                for glance in 0..<glances {
                    _ = endpoint.advance(to: before.time + (input.time - before.time) * (Double(glance) / Double(glances)))
                }
                _ = endpoint.advance(to: input.time)
                _ = endpoint.handle(input.call, at: input.time)
            }
            return endpoint
        }
        let (one, other) = (try replayed(glances: 0), try replayed(glances: 7))
        #expect(one.jobs == other.jobs)
        #expect(one.counters == other.counters)
        #expect(one.workers == other.workers)
    }

    @Test("a replay meets the ends of the first run: what is done at an event does not depend on when it is noticed")
    func effects() throws {
        let endpoint = try World("worker-lost").endpoint
        let start = Timestamp(milliseconds: 1_800_000_000_000)
        func run(step: Seconds) -> [SimulatorEffect] {
            var endpoint = endpoint
            var effects: [SimulatorEffect] = []
            _ = endpoint.handle(.run(World.order(webhook: "http://hook")), at: start)
            var now = start
            while now < start + .hours(2) {
                now = now + step
                effects += endpoint.advance(to: now)
            }
            return effects
        }
        #expect(run(step: .seconds(1)) == run(step: .hours(1)))
        #expect(run(step: .hours(1)).count == 2)
    }

    @Test("every input comes back from the log as it was written", arguments: [1, 2, 3])
    func coding(_ seed: Int) throws {
        for input in try ReplayTests.inputs(seed: UInt64(seed)) {
            #expect(SimulatorInput(line: input.json.text().utf8) == input)
        }
        let carried = SimulatorCall.carried(.init(accepted: 4, completed: 3, failed: 2, retried: 1), faultsUsed: [5, 0])
        let input = SimulatorInput(time: Timestamp(milliseconds: 5), endpoint: "e", call: carried)
        #expect(SimulatorInput(line: input.json.text().utf8) == input)
        #expect(SimulatorInput(line: #"{"time":5,"endpoint":"e","call":"ru"#.utf8) == nil)
    }

    @Test("no more calls pass in ten seconds than are documented")
    func limits() throws {
        var world = try World()
        var answers: [Int] = []
        for place in 0..<130 {
            let now = world.now + .seconds(Double(place) * 0.05)
            answers.append(world.endpoint.refusal(of: .cancel("x"), at: now)?.status ?? 200)
        }
        #expect(answers == Array(repeating: 200, count: 100) + Array(repeating: 429, count: 30))
        #expect(world.endpoint.refusal(of: .cancel("x"), at: world.now + .seconds(9.9))?.retryAfter == 1)
        #expect(world.endpoint.refusal(of: .cancel("x"), at: world.now + .seconds(10)) == nil)
        #expect(world.endpoint.refusal(of: .status("x"), at: world.now) == nil)
    }
}
