import EngineAPI
import JSONText
import Testing
import Training
import TrainingPorts
import TrainingTestSupport
import WaitingTestSupport

@testable import Orchestration

@Suite("Subscribers, the disk and the desk", .timeLimit(.minutes(1)))
struct SubscriberTests {
    @Test("the clock ticks only while something runs and somebody looks")
    func ticks() async throws {
        let bench = try await Bench()
        await bench.train(1)
        try await bench.phase(of: 1, is: .waiting)
        #expect(await !bench.engine.isTicking)
        let attachment = await bench.engine.attach()
        #expect(await bench.engine.isTicking)
        let ticked = EndingFlag()
        let looking = Task {
            for await update in attachment.updates { if case .reading(.tick) = update { ticked.set() } }
        }
        try await eventually("the time is told") {
            bench.clock.advance(by: 1)
            return ticked.isSet
        }
        bench.outside[\.states] = [RunPodID("job1-aaaa-e1"): .failed]
        // More than once: a poll that was under way may still bring the old state.
        try await bench.until("the training has ended") {
            bench.clock.advance(by: 60)
            return $0.core.ledger[JobID(1)]?.latest.phase.name == .done
        }
        try await bench.until("the clock does not tick") {
            bench.clock.advance(by: 1)
            return !$0.isTicking
        }
        await bench.stop()
        await looking.value
    }

    @Test("a subscriber with a clock of its own lets the engine sleep, beside one that has none too")
    func noTicks() async throws {
        let bench = try await Bench()
        await bench.train(1)
        try await bench.phase(of: 1, is: .waiting)
        let quiet = await bench.engine.attach(for: .allButTicks)
        #expect(await !bench.engine.isTicking)
        let ticking = await bench.engine.attach()
        let isTold = EndingFlag()
        let looking = Task {
            for await update in ticking.updates { if case .reading(.tick) = update { isTold.set() } }
        }
        try await eventually("the time is told") {
            bench.clock.advance(by: 1)
            return isTold.isSet
        }
        await bench.stop()
        await looking.value
        for await update in quiet.updates { if case .reading(.tick) = update { Issue.record("it was told the time") } }
    }

    @Test("a subscriber that wants events only is not woken by lines of a log, by progress or by the time")
    func eventsOnly() async throws {
        let bench = try await Bench()
        let told = await bench.engine.attach(for: .events)
        await bench.engine.note("a line", .info)
        await bench.train(1)
        try await bench.phase(of: 1, is: .waiting)
        #expect(await !bench.engine.isTicking)
        await bench.stop()
        var names: [String] = []
        for await update in told.updates {
            switch update {
            case .fact(let record): names.append(record.event.name)
            case .reading(.log), .reading(.progress), .reading(.tick): Issue.record("told of \(update)")
            case .reading, .lagged: break
            }
        }
        #expect(names.contains("submission.accepted"))
    }

    @Test("a subscriber that falls too far behind is told so, and its updates end")
    func lagging() async throws {
        let bench = try await Bench()
        let attachment = await bench.engine.attach()
        for number in 0..<5000 { await bench.engine.note("line \(number)", .info) }
        var updates = 0
        var last: Update?
        for await update in attachment.updates { (updates, last) = (updates + 1, update) }
        #expect(last == .lagged)
        #expect(updates <= 4096)
        await bench.stop()
    }

    @Test("with a journal that takes nothing nothing is submitted, a webhook is not acknowledged, and it mends by itself")
    func fullDisk() async throws {
        let bench = try await Bench()
        await bench.train(1)
        try await bench.phase(of: 1, is: .waiting)
        let request = try #require(await bench.engine.core.ledger[JobID(1)]?.latest.order?.request)
        bench.journal.fault = PortError(.notWritable, "no space")
        let delivery = WebhookDelivery(request: request, news: WebhookNews(runpod: nil, state: .completed))
        #expect(await bench.engine.receive(delivery) == false)
        #expect(await bench.train(2).isAccepted == false)
        bench.journal.fault = nil
        #expect(await bench.engine.receive(delivery))
        try await bench.until("the journal takes again") { $0.core.journalFault == nil }
        #expect(await bench.say(.train(actors: [2], origin: .operator, override: false), id: "again").isAccepted)
        await bench.stop()
    }

    @Test("a new run tells where it began")
    func since() async throws {
        let bench = try await Bench()
        #expect(await bench.engine.attach().snapshot.sinceSequence == 0)
        await bench.stop()
        let source = SourceDescription(kind: .demo, label: "test", isSimulation: true)
        let next = try TrainingOrchestrator(
            surroundings: await bench.engine.surroundings, source: source, policy: Policy(), executors: Bench.executors)
        #expect(await next.attach().snapshot.sinceSequence == bench.events.count)
    }

    private func body(_ model: String) -> JSONValue {
        [
            "input": [
                "workflow": sampleTemplate, "training_data": ["s3_urls": ["s3://images/1/0.png"]],
                "training_config": ["model_name": .string(model), "request_id": .string("r-\(model)")],
            ]
        ]
    }

    @Test("a page's start is answered with RunPod's id, and its actor is not trained twice")
    func desk() async throws {
        let bench = try await Bench()
        #expect(await bench.engine.start(body("actor_1_V1")) == .started(RunPodID("job1-aaaa-e1"), .inQueue))
        guard case .invalid = await bench.engine.start(body("actor_1_V2")) else {
            Issue.record("trained twice")
            return
        }
        #expect(bench.outside[\.submitted].count == 1)
        #expect(await bench.train(1).isAccepted == false)
        guard case .taken = await bench.engine.cancel(RunPodID("job1-aaaa-e1")) else {
            Issue.record("not cancelled")
            return
        }
        try await eventually("RunPod is asked to cancel") { bench.outside[\.cancelled] == [RunPodID("job1-aaaa-e1")] }
        bench.clock.advance(by: 3)
        try await bench.phase(of: 1, is: .done)
        #expect(await bench.engine.retry(RunPodID("job1-aaaa-e1")) == .started(RunPodID("job2-aaaa-e1"), .inQueue))
        await bench.stop()
    }
}
