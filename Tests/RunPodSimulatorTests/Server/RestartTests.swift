import Foundation
import JSONText
import RunPod
import Synchronization
import Testing
import Training
import TrainingPorts
import WaitingTestSupport

@testable import RunPodSimulator

@Suite(.timeLimit(.minutes(2))) struct RestartTests {
    @Test("a simulator that starts again knows its jobs, its clock, its port and what it has accepted")
    func restart() async throws {
        let scratch = try Scratch()
        let (id, before, port) = try await SimulatorServer.with(try scratch.configuration("model-missing", scale: 2)) {
            simulator in
            let id = try await simulator.client { try #require(await $0.submitted(World.order())) }
            let found = try #require(await SimulatorFinder(stateDirectory: scratch.state).find())
            #expect(found.address == simulator)
            #expect(found.description.modelsDirectory == scratch.models.path(percentEncoded: false))
            #expect(found.description.accepted == 1 && found.description.scale == 2)
            return (id, found.description, simulator.port)
        }
        #expect(await SimulatorFinder(stateDirectory: scratch.state).find() == nil)
        try await SimulatorServer.with(try scratch.configuration(scale: nil)) { simulator in
            #expect(simulator.port == port)
            let after = try #require(await SimulatorFinder.describe(simulator.url))
            #expect(after.instance == before.instance && after.scale == 2 && after.accepted == 1)
            #expect(after.now >= before.now && after.now - before.now < .minutes(2))
            #expect(await SimulatorFinder.accepted(simulator.url)?.map(\.id) == [id.rawValue])
            _ = await SimulatorFinder.skip(simulator.url, seconds: 1500)
            let report = try await simulator.client { try await $0.ended(id) }
            #expect(report.observation.state == .completed)
            // Submitted with a fault that this simulator was not started with.
            #expect(FileManager.default.fileExists(atPath: scratch.models.path(percentEncoded: false)) == false)
        }
    }

    /// What a kill at this instant would leave: the files as they are, with nothing closed in an orderly way.
    private func killed(_ scratch: Scratch) throws -> Scratch {
        let copy = try Scratch()
        try FileManager.default.copyItem(at: scratch.state, to: copy.state)
        return copy
    }

    @Test("what was accepted is there after a kill, though the webhook of the end was under way")
    func kill() async throws {
        let scratch = try Scratch()
        try await Hook.with { hook, address in
            let copy = try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
                try await simulator.client { client in
                    for place in 1...5 {
                        _ = try #require(await client.submitted(World.order("actor_0001_V\(place)", webhook: address)))
                    }
                }
                return try killed(scratch)
            }
            let jobs = try await SimulatorServer.with(try copy.configuration(scale: 1)) { simulator in
                #expect(await SimulatorFinder.describe(simulator.url)?.accepted == 5)
                _ = await SimulatorFinder.skip(simulator.url, seconds: 1500)
                try await eventually("three calls came") { hook.deliveries.count == 3 }
                return try #require(await SimulatorFinder.accepted(simulator.url))
            }
            #expect(Set(jobs.map(\.model)).count == 5)
        }
    }

    @Test("a log that was cut in the middle of a line loses only that line")
    func torn() async throws {
        let scratch = try Scratch()
        let id = try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
            try await simulator.client { try #require(await $0.submitted(World.order())) }
        }
        for name in ["inputs.jsonl", "accepted.jsonl"] {
            let file = scratch.state.appending(path: name)
            let content = try Data(contentsOf: file)
            try (content + Data(#"{"time":17,"endpoint":"ep","ca"#.utf8)).write(to: file)
        }
        try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
            try await simulator.client { client in
                guard case .known = await client.status(of: id) else {
                    Issue.record("the job should be known")
                    return
                }
                _ = try #require(await client.submitted(World.order("actor_0001_V2")))
            }
        }
        try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
            #expect(await SimulatorFinder.accepted(simulator.url)?.map(\.model) == ["actor_0019_V7", "actor_0001_V2"])
        }
    }

    @Test("a job that only the first of both logs knows is put into the second")
    func betweenLogs() async throws {
        let scratch = try Scratch()
        _ = try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
            try await simulator.client { await $0.submitted(World.order()) }
        }
        try Data().write(to: scratch.state.appending(path: "accepted.jsonl"))
        try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
            #expect(await SimulatorFinder.accepted(simulator.url)?.map(\.request) == ["request_of_actor_0019_V7"])
        }
    }

    @Test("the log of inputs begins anew when no job is left, and ids and counts go on")
    func compaction() async throws {
        let scratch = try Scratch()
        let first = try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
            let id = try await simulator.client { try #require(await $0.submitted(World.order())) }
            _ = await SimulatorFinder.skip(simulator.url, seconds: 3 * 86_400)
            return id
        }
        try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
            let log = try Data(contentsOf: scratch.state.appending(path: "inputs.jsonl"))
            #expect(log.split(separator: UInt8(ascii: "\n")).count == 2)
            try await simulator.client { client in
                guard case .known(let health) = await client.health() else {
                    Issue.record("health should be known")
                    return
                }
                #expect(health.completed == 1)
                #expect(await client.submitted(World.order()) != first)
            }
            #expect(await SimulatorFinder.describe(simulator.url)?.accepted == 2)
        }
    }

    @Test("two simulators never use one state folder")
    func lock() async throws {
        let scratch = try Scratch()
        try await SimulatorServer.with(try scratch.configuration()) { _ in
            let second = try scratch.configuration()
            #expect(throws: PortError.self) { try SimulatorServer(second) }
        }
    }

    @Test("a port that is taken is said where it was asked for, and avoided where any will do")
    func ports() async throws {
        let (scratch, other) = (try Scratch(), try Scratch())
        try await SimulatorServer.with(try scratch.configuration()) { simulator in
            await #expect(throws: PortError.self) {
                try await SimulatorServer.with(try other.configuration { $0.port = simulator.port }) { _ in }
            }
            try FileManager.default.copyItem(
                at: scratch.state.appending(path: "simulator.json"), to: other.state.appending(path: "simulator.json"))
            try await SimulatorServer.with(try other.configuration()) { #expect($0.port != simulator.port) }
        }
    }

    @Test("it ends when it is told to, and by itself when nobody needs it")
    func ends() async throws {
        let scratch = try Scratch()
        try await SimulatorServer(
            try scratch.configuration {
                $0.exitWhenIdle = true
                $0.idleTime = .milliseconds(20)
            }
        ).run()
        let finder = SimulatorFinder(stateDirectory: scratch.state)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let server = try SimulatorServer(try scratch.configuration())
            group.addTask { try await server.run() }
            let found = try await finder.findStarted()
            #expect(await SimulatorFinder.stop(found.address.url))
            try await group.waitForAll()
        }
        #expect(await finder.find() == nil)
    }

    @Test("while somebody needs it, it does not end by itself however long it is idle, and then it does")
    func needed() async throws {
        let scratch = try Scratch()
        let looks = Mutex(0)
        let server = try SimulatorServer(
            try scratch.configuration {
                $0.exitWhenIdle = true
                $0.idleTime = .milliseconds(20)
                $0.isNeeded = {
                    looks.withLock { looks in
                        looks += 1
                        return looks <= 3
                    }
                }
            })
        let start = ContinuousClock.now
        try await server.run()
        #expect(looks.withLock { $0 } == 4)
        #expect(ContinuousClock.now - start >= .milliseconds(80), "it looks again only after another idle time")
    }

    @Test("an open job keeps it from ending by itself")
    func busy() async throws {
        let scratch = try Scratch()
        let host = try SimulatorHost(
            try scratch.configuration(scale: 1) {
                $0.exitWhenIdle = true
                $0.idleTime = .zero
            })
        #expect(await host.isOver())
        _ = await host.answer(.run(World.order()), endpoint: "ep")
        #expect(await !host.isOver())
        try await host.skip(.hours(2))
        _ = await host.due()
        #expect(await host.isOver())
    }

    @Test("with nothing to come it sleeps without end, and with a job until its next event")
    func sleeps() async throws {
        let scratch = try Scratch()
        let host = try SimulatorHost(try scratch.configuration(scale: 10))
        #expect(await host.pause() == nil)
        _ = await host.answer(.run(World.order()), endpoint: "ep")
        let pause = try #require(await host.pause())
        #expect((.seconds(1.9)...(.seconds(7.6))).contains(pause))
    }

    @Test("a new pace is kept, without a jump, and a bad one refused")
    func rescale() async throws {
        let scratch = try Scratch()
        try await SimulatorServer.with(try scratch.configuration(scale: 1)) { simulator in
            let before = try #require(await SimulatorFinder.describe(simulator.url))
            let after = try #require(await SimulatorFinder.rescale(simulator.url, to: 60))
            #expect(after.scale == 60)
            #expect(after.now >= before.now && after.now - before.now < .minutes(5))
            #expect(await SimulatorFinder.rescale(simulator.url, to: -1) == nil)
        }
        try await SimulatorServer.with(try scratch.configuration(scale: nil)) { simulator in
            #expect(await SimulatorFinder.describe(simulator.url)?.scale == 60)
        }
    }
}
