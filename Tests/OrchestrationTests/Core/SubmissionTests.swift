import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("A submission leaves once")
struct SubmissionTests {
    private func submitting() -> Stage {
        let stage = Stage.submitting(1)
        return stage
    }

    @Test("the intent and the payload are recorded with the request")
    func intent() {
        let stage = submitting()
        #expect(stage.events.suffix(2) == ["attempt.prepared", "submission.intended"])
        #expect(stage.payloads.map(\.digest) == [stage.order(1)?.payloadDigest])
        #expect(stage.submissions == [stage.order(1)?.request])
    }

    @Test(
        "what provably did not leave is sent again under the same id after a pause",
        arguments: [
            SubmissionAnswer.unsent("refused"), .throttled("slow down", retryAfter: .seconds(7)),
        ])
    func sentAgain(answer: SubmissionAnswer) {
        var stage = submitting()
        let request = stage.order(1)?.request
        stage.answer(1, answer)
        #expect(stage.phase(1) == .queued)
        #expect(stage.submissions.isEmpty)
        stage.wait(10)
        stage.prepare(1, random: 99)
        #expect(stage.submissions == [request])
        #expect(stage.ledger[JobID(1)]?.latest.sendings == 2)
    }

    @Test("a pause of 0 is no busy loop")
    func retryAfterZero() {
        var stage = submitting()
        stage.answer(1, .throttled("slow down", retryAfter: .seconds(0)))
        #expect(stage.phase(1) == .queued)
    }

    @Test("a version that somebody took while the request waited is not written over")
    func versionTaken() {
        var stage = submitting()
        stage.answer(1, .unsent("refused"))
        stage.wait(10)
        stage.prepare(1, stored: [ModelName(actor: 1, version: VersionNumber(1))], random: 2)
        #expect(stage.order(1)?.model.version == VersionNumber(2))
    }

    @Test("an actor that somebody else trains meanwhile is not trained too")
    func trainedElsewhere() {
        var stage = submitting()
        stage.answer(1, .unsent("refused"))
        stage.wait(10)
        stage.prepare(1, versions: [VersionRecord(id: "other-1", name: "V5", status: .pending)])
        #expect(stage.submissions.isEmpty)
        #expect(stage.outcome(1) == .failed)
    }

    @Test("a lost answer is uncertain, is not sent again in nine hours, and ends by the webhook")
    func lostAnswer() {
        var stage = submitting()
        stage.answer(1, .uncertain("timeout"))
        stage.wait(3600)
        #expect(stage.phase(1) == .uncertain)
        #expect(stage.submissions.isEmpty)
        stage.webhook(1, .inProgress, runpod: Stage.runpod(1))
        #expect(stage.phase(1) == .waiting)
        #expect(stage.asks(.status(Stage.attempt(1))))
    }

    @Test("a webhook that came before a lost answer binds the id, also after a crash in between")
    func earlyWebhookAndCrash() {
        var stage = submitting()
        stage.webhook(1, .completed, runpod: Stage.runpod(1))
        #expect(stage.phase(1) == .submitting)
        stage.restart()
        #expect(stage.phase(1) == .waiting)
        #expect(stage.ledger[JobID(1)]?.latest.runpod == Stage.runpod(1))
    }

    @Test("a webhook for what was held for unsent stops it from being sent again")
    func webhookForUnsent() {
        var stage = submitting()
        stage.answer(1, .throttled("busy", retryAfter: nil))
        stage.webhook(1, .inProgress, runpod: Stage.runpod(1))
        #expect(stage.phase(1) == .waiting)
        stage.wait(600)
        #expect(stage.submissions.isEmpty)
    }

    @Test("a refusal ends the attempt and holds the queue")
    func rejected() {
        var stage = Stage.submitting(1, 2)
        stage.answer(1, .rejected(status: 400, "bad"))
        #expect(stage.outcome(1) == .rejected)
        #expect(stage.ledger.queue.hold?.cause == .rejected)
        #expect(stage.phase(2) == .queued)
    }

    @Test("an id that another attempt has is not bound twice")
    func idTwice() {
        var stage = Stage()
        stage.say(.setParallelism(2))
        stage.train(1, 2)
        stage.launch(1)
        stage.prepare(2)
        stage.answer(2, .accepted(Stage.runpod(1), .inQueue))
        #expect(stage.phase(2) == .uncertain)
        #expect(stage.ledger.queue.hold != nil)
    }

    @Test("the horizon begins when the doubt was recorded, not when the record was made: a sleep in between counts for nothing")
    func horizonAfterSleep() {
        var stage = submitting()
        stage.now = stage.now + .hours(20)
        stage.answer(1, .uncertain("timeout"))
        stage.model(1, .absent)
        #expect(stage.phase(1) == .uncertain)
    }

    @Test("without a trace until the horizon it is lost; a store that cannot be asked is no absence")
    func horizon() {
        var stage = submitting()
        stage.answer(1, .uncertain("timeout"))
        stage.model(1, .absent)
        stage.now = stage.now + .hours(12)
        stage.give(.time)
        stage.model(1, .unreachable("down"))
        #expect(stage.phase(1) == .uncertain)
        stage.model(1, .absent)
        #expect(stage.outcome(1) == .lost)
    }

    @Test("two open attempts of one actor, however they came to be, stop every submission and say so")
    func brokenInvariant() {
        var stage = Stage()
        stage.say(.setParallelism(2))
        stage.train(1)
        stage.give(.time)
        var ledger = stage.ledger
        ledger.apply(.jobQueued(QueuedJob(actor: 1, name: "double", origin: .operator)), job: JobID(2), attempt: 1, at: stage.now)
        var core = EngineCore(ledger: ledger, policy: Policy(), digester: PlainDigester())
        core = core.deciding(.prepared(Stage.attempt(1), .ready(.sample(1))), at: stage.now).next
        let decision = core.deciding(.prepared(Stage.attempt(2), .ready(.sample(1))), at: stage.now)
        #expect(!decision.effects.contains { if case .submit = $0 { true } else { false } })
    }

    @Test("a version that another program saved tells an uncertain attempt its id; what is old, or the sync's own, does not")
    func toldByVersion() throws {
        var stage = Stage.submitting(1)
        stage.answer(1, .uncertain("reset"))
        let version = try #require(stage.order(1)?.model.version.description)
        func list(_ id: String, _ age: Double) -> Input {
            let record = VersionRecord(id: id, name: version, status: .pending, timestamp: stage.now + .seconds(-age))
            return .castRead(.success(Cast(actors: [.ready(1, versions: [record])])))
        }
        stage.give(list("other-aaaa-e1", 600))
        stage.give(list("s3_import", 0))
        #expect(stage.phase(1) == .uncertain)
        stage.give(list("told-aaaa-e1", 0))
        #expect(stage.phase(1) == .waiting)
        #expect(stage.ledger[JobID(1)]?.latest.runpod == RunPodID("told-aaaa-e1"))
    }

    @Test("a refusal names RunPod's status once")
    func refusedOnce() {
        var stage = Stage.submitting(1)
        stage.answer(1, .rejected(status: 400, "no workflow"))
        #expect(stage.ledger[JobID(1)]?.latest.phase.ending?.reason == "the order was refused (400): no workflow")
    }
}
