import JSONText
import Testing
import Training

@testable import RunPodSimulator

@Suite("What the simulated management API shows")
struct ManagementTests {
    private func worker(_ world: inout World, _ id: String) throws -> String {
        try #require(try world.status(id)["workerId"]?.string)
    }

    @Test("a job's worker is listed with its GPU, first starting, then running, then idle, then not at all")
    func workers() throws {
        var world = try World(workers: 1)
        let id = try world.submit()
        world.pass(.seconds(5))
        #expect(world.endpoint.workerList(at: world.now)["workers"]?.array?.map { $0["status"]?.string } == ["INITIALIZING"])
        world.pass(.seconds(100))
        let worker = try worker(&world, id)
        let listed = try #require(world.endpoint.workerList(at: world.now)["workers"]?.array?.first)
        #expect(listed["id"]?.string == worker && listed["status"]?.string == "RUNNING")
        #expect(listed["gpuTypeId"]?.string.flatMap { PriceCatalogue.published.gpu($0) } != nil)
        #expect(try world.pass(until: id, is: "COMPLETED"))
        let finished = world.now
        #expect(world.endpoint.workerList(at: finished)["summary"]?["total"]?.int ?? 0 <= 1)
        world.pass(.minutes(2))
        #expect(world.endpoint.workerList(at: world.now)["workers"]?.array?.isEmpty == true)
    }

    @Test("what a run costs is its GPU's price from the cold start on, it falls as it runs, and a restart keeps it")
    func money() throws {
        var world = try World(workers: 1)
        let id = try world.submit()
        #expect(world.endpoint.spent(at: world.now) == .zero && world.endpoint.burn == .zero)
        world.pass(.minutes(5))
        let gpu = SimulatedGPU(worker: try worker(&world, id))
        #expect(world.endpoint.burn == gpu.perHour)
        let early = world.endpoint.spent(at: world.now)
        world.pass(.minutes(5))
        #expect(world.endpoint.spent(at: world.now) > early)
        #expect(try world.pass(until: id, is: "COMPLETED"))
        let execution = Seconds(milliseconds: Int64(try world.status(id)["executionTime"]?.int ?? 0))
        let spent = world.endpoint.spent(at: world.now)
        #expect(spent > gpu.perHour.anHour(for: execution) && spent < gpu.perHour.anHour(for: execution + .seconds(80)))
        #expect(world.endpoint.burn == .zero)
        let carried = SimulatorInput(time: world.now, endpoint: "ep", call: .carried(world.endpoint.counters, faultsUsed: []))
        let read = try #require(SimulatorInput(line: Array(carried.json.text().utf8)))
        #expect(read == carried && world.endpoint.counters.spent == spent)
    }

    @Test("the log is the trainer's, in order, with a time of its own for each line, and the same whenever it is asked for")
    func log() throws {
        var world = try World()
        let id = try world.submit()
        world.pass(.minutes(10))
        let worker = try worker(&world, id)
        func lines(_ after: Timestamp?, _ tail: Int? = nil) throws -> [SimulatedLogLine] {
            try #require(world.endpoint.log(of: worker, source: "container", after: after, tail: tail, at: world.now)).lines
        }
        let all = try lines(nil)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.time < $1.time } && all.allSatisfy { $0.time <= world.now })
        #expect(try lines(all[19].time) == Array(all[20...]))
        #expect(try lines(nil, 7) == all.suffix(7))
        let parsed = all.map { TrainerLogLine($0.text) }
        let steps = parsed.compactMap(\.progress)
        #expect(steps.count > 50 && steps.allSatisfy { $0.steps == 1000 })
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.step < $1.step })
        #expect(steps.dropFirst().allSatisfy { ($0.rate ?? 0) > 0.5 && ($0.loss ?? 0) > 0.05 })
        #expect(parsed.compactMap(\.stage).first == .loading && parsed.contains { $0.stage == .data })
        let told = try #require(try world.status(id)["output"]?["step"]?.int)
        #expect(abs(told - (steps.last?.step ?? 0)) <= 10)
        #expect(world.endpoint.log(of: worker, source: "system", after: nil, tail: nil, at: world.now)?.lines.count == 2)
        #expect(world.endpoint.log(of: "nobody", source: "container", after: nil, tail: nil, at: world.now) == nil)
    }

    @Test("the log of a cancelled job stops, and is gone two minutes after its worker")
    func cancelled() throws {
        var world = try World()
        let id = try world.submit()
        world.pass(.minutes(6))
        let worker = try worker(&world, id)
        world.call(.cancel(id))
        let end = world.now
        world.pass(.minutes(2))
        let reading = try #require(world.endpoint.log(of: worker, source: "container", after: nil, tail: nil, at: world.now))
        #expect(reading.isOver && reading.next == nil && reading.lines.allSatisfy { $0.time <= end })
        world.pass(.minutes(2))
        #expect(world.endpoint.log(of: worker, source: "container", after: nil, tail: nil, at: world.now) == nil)
    }

    @Test("the pace wavers, and its two directions agree")
    func pace() {
        let pace = SimulatedPace(
            steps: 1010, loading: .seconds(100), training: .seconds(1000), upload: .seconds(10), chance: SplitMix64(5))
        for step in stride(from: 1.0, through: 1010, by: 7) {
            #expect(abs((pace.steps(at: pace.time(ofStep: step)) ?? -1) - step) < 0.1)
        }
        #expect(pace.steps(at: .seconds(99)) == nil && pace.time(ofStep: 1010) == .seconds(1100))
        let spans = stride(from: 0.0, to: 1000, by: 25).map {
            (pace.time(ofStep: $0 + 25) - pace.time(ofStep: $0)).inSeconds
        }
        #expect((spans.max() ?? 0) > (spans.min() ?? 0) * 1.15)
    }
}
