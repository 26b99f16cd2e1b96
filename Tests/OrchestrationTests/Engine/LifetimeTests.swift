import EngineAPI
import JSONText
import Testing
import Training
import TrainingPorts
import TrainingTestSupport
import WaitingTestSupport

@testable import Orchestration

@Suite("The engine's lifetime", .timeLimit(.minutes(1)))
struct LifetimeTests {
    @Test("a training goes from the command to its model, and the run ends in good order")
    func wholeLife() async throws {
        let bench = try await Bench()
        let attachment = await bench.engine.attach()
        await bench.train(1)
        try await bench.phase(of: 1, is: .waiting)
        bench.outside[\.states] = [RunPodID("job1-aaaa-e1"): .completed]
        bench.clock.advance(by: 3)
        try await bench.phase(of: 1, is: .done)
        try await eventually("model and version are saved") {
            !bench.outside[\.recorded].isEmpty && bench.outside[\.saved].count >= 1
        }
        await bench.stop()
        #expect(bench.outside[\.submitted].count == 1)
        #expect(bench.outside[\.submitted].first?["webhook"]?.string == "https://hook.example.org/hook/secret")
        #expect(bench.events.last == "engine.stopped")
        var ledger = attachment.snapshot.ledger
        for await update in attachment.updates { if case .fact(let record) = update { ledger.apply(record) } }
        #expect(ledger[JobID(1)]?.latest.outcome == .completed)
    }

    @Test("while the store's models cannot be listed nothing is numbered and nothing leaves; where they may not be, it does")
    func listingFaults() async throws {
        let bench = try await Bench()
        bench.outside[\.listingFault] = PortError(.unreachable, "the models on S3 cannot be listed: busy")
        await bench.train(1)
        try await eventually("the preparation is paused") { bench.events.contains("preparation.paused") }
        #expect(await bench.engine.core.ledger[JobID(1)]?.latest.order == nil)
        #expect(bench.outside[\.submitted].isEmpty)
        bench.outside[\.listingFault] = PortError(.refused, "the models on S3 cannot be listed: forbidden")
        bench.clock.advance(by: 6)
        try await bench.phase(of: 1, is: .waiting)
        #expect(bench.outside[\.submitted].count == 1)
        await bench.stop()
    }

    @Test("a submission on its way survives a quit and its answer is recorded")
    func quitDuringSubmission() async throws {
        let bench = try await Bench()
        bench.outside[\.isHeld] = true
        await bench.train(1)
        try await eventually("a call is under way") { bench.outside.heldCount == 1 }
        bench.run.cancel()
        try await bench.until("the end has begun") { $0.isEnding.isSet }
        bench.outside.letGo()
        await bench.run.value
        #expect(bench.events.contains("submission.accepted"))
        #expect(bench.events.last == "engine.stopped")
    }

    @Test("after five seconds without an answer a quit waits no longer, and the submission is uncertain")
    func quitWithoutAnswer() async throws {
        let bench = try await Bench()
        bench.outside[\.isHeld] = true
        await bench.train(1)
        try await eventually("a call is under way") { bench.outside.heldCount == 1 }
        bench.run.cancel()
        try await eventually("the end waits") { bench.clock.sleepers == 1 }
        #expect(!bench.events.contains("submission.uncertain"))
        bench.clock.advance(by: 5)
        await bench.run.value
        #expect(bench.events.contains("submission.uncertain"))
        #expect(bench.outside[\.submitted].count == 1)
    }

    @Test("a preparation that comes back during the end is not submitted")
    func quitDuringPreparation() async throws {
        let bench = try await Bench()
        bench.outside[\.isReadingHeld] = true
        await bench.train(1)
        try await eventually("a call is under way") { bench.outside.heldCount == 1 }
        await bench.stop()
        #expect(bench.outside[\.submitted].isEmpty)
        #expect(!bench.events.contains("submission.intended"))
        #expect(await bench.engine.core.ledger[JobID(1)]?.latest.phase.name == .queued)
    }

    @Test("a request whose record is older than its lease does not leave")
    func lease() async throws {
        let bench = try await Bench()
        await bench.train(1)
        try await bench.phase(of: 1, is: .waiting)
        let order = try #require(await bench.engine.core.ledger[JobID(1)]?.latest.order)
        let late = await bench.engine.submit(order, decidedAt: bench.clock.now() + .seconds(-30))
        guard case .unsent = late else {
            Issue.record("it left: \(late)")
            return
        }
        #expect(bench.outside[\.submitted].count == 1)
        await bench.stop()
    }

    @Test("the same question is not asked twice at once")
    func noDoubles() async throws {
        let bench = try await Bench()
        await bench.train(1)
        try await bench.phase(of: 1, is: .waiting)
        bench.outside[\.isReadingHeld] = true
        for number in 0..<5 { await bench.say(.refresh, id: "\(number)") }
        try await eventually("a call is under way") { bench.outside.heldCount == 1 }
        #expect(bench.outside[\.asked] == 1)
        bench.outside.letGo()
        await bench.stop()
    }

    @Test("after the end commands and webhooks are refused")
    func afterTheEnd() async throws {
        let bench = try await Bench()
        await bench.stop()
        #expect(await bench.train(1).isAccepted == false)
        let news = WebhookNews(runpod: nil, state: .completed)
        #expect(await bench.engine.receive(WebhookDelivery(request: RequestID(rawValue: "x"), news: news)) == false)
        #expect(bench.events.last == "engine.stopped")
        for await _ in await bench.engine.attach().updates { Issue.record("an update after the end") }
    }
}
