import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("How a training ends")
struct EndingTests {
    private func running() -> Stage {
        let stage = Stage.launched(1)
        return stage
    }

    @Test("404 of a young job is not yet, of an old one the model store decides")
    func forgotten() {
        var stage = running()
        for _ in 0..<5 {
            stage.forgotten(1)
            stage.wait(10)
        }
        #expect(stage.phase(1) == .waiting)
        #expect(!stage.asks(.model(Stage.attempt(1))))
        stage.wait(120)
        for _ in 0..<3 {
            stage.forgotten(1)
            stage.wait(10)
        }
        #expect(stage.asks(.model(Stage.attempt(1))))
        stage.model(1, .there)
        #expect(stage.outcome(1) == .completed)
    }

    @Test(
        "completed without a model, or with a damaged one, is a failure after some looks",
        arguments: [
            ModelFinding.absent, .broken("cut short"),
        ])
    func noModel(finding: ModelFinding) {
        var stage = running()
        stage.status(1, .completed)
        for _ in 0..<4 { stage.model(1, finding) }
        #expect(stage.phase(1) == .verifying)
        stage.model(1, finding)
        #expect(stage.outcome(1) == .failed)
    }

    @Test("looks that were made in doubt, or that nobody answered, do not count against a completed training")
    func looksCountAnew() {
        var stage = Stage.submitting(1)
        stage.answer(1, .uncertain("reset"))
        for _ in 0..<9 { stage.model(1, .absent) }
        stage.webhook(1, .completed, runpod: Stage.runpod(1))
        stage.status(1, .completed)
        for _ in 0..<9 { stage.model(1, .unreachable("down")) }
        stage.model(1, .absent)
        #expect(stage.phase(1) == .verifying)
        stage.model(1, .there)
        #expect(stage.outcome(1) == .completed)
    }

    @Test("without access to the store RunPod's word counts, also after a crash in between")
    func notChecked() {
        var stage = running()
        stage.status(1, .completed, address: "https://models.s3.amazonaws.com/a.safetensors?X-Amz-Signature=secret")
        stage.restart()
        stage.model(1, .notChecked)
        #expect(stage.outcome(1) == .completed)
        #expect(stage.ledger[JobID(1)]?.latest.phase.ending?.model == "s3://models/a.safetensors")
        #expect(!stage.journal.contains { "\($0.event)".contains("secret") })
    }

    @Test("late, doubled and forged messages change nothing that is final; a paid result that comes late is told once")
    func lateNews() {
        var stage = running()
        stage.status(1, .failed, error: "out of memory")
        let before = stage.ledger[JobID(1)]?.latest.phase
        stage.webhook(1, .inProgress, runpod: Stage.runpod(1))
        #expect(stage.count("attempt.late_news") == 0)
        stage.webhook(1, .completed, runpod: Stage.runpod(1))
        stage.webhook(1, .completed, runpod: Stage.runpod(1))
        stage.give(
            .delivered(WebhookDelivery(request: RequestID(rawValue: "nobody"), news: WebhookNews(runpod: nil, state: .completed)))
        )
        #expect(stage.count("attempt.late_news") == 1)
        #expect(stage.ledger[JobID(1)]?.latest.phase == before)
    }

    @Test("a webhook alone ends nothing; it makes RunPod be asked, and again where an older answer was on its way")
    func hint() {
        var stage = running()
        stage.wait(3)
        #expect(stage.asks(.status(Stage.attempt(1))))
        stage.webhook(1, .completed, runpod: Stage.runpod(1))
        #expect(stage.phase(1) == .waiting)
        stage.status(1, .inProgress)
        stage.wait(1)
        #expect(stage.asks(.status(Stage.attempt(1))))
    }

    @Test("a second id for one request is an alarm")
    func secondJob() {
        var stage = running()
        stage.webhook(1, .completed, runpod: RunPodID("other-bbbb-e1"))
        #expect(stage.count("engine.noted") == 1)
        #expect(stage.phase(1) == .waiting)
    }

    @Test("an uncertain attempt that the operator resolves keeps the reason; a sure one cannot be resolved")
    func resolved() {
        var stage = Stage.submitting(1, 2)
        #expect(stage.say(.resolve(JobID(1), .failed, because: "looked"))?.isAccepted == false)
        stage.answer(1, .uncertain("reset"))
        #expect(stage.say(.resolve(JobID(1), .neverSubmitted, because: "not on the console"))?.isAccepted == true)
        #expect(stage.ledger[JobID(1)]?.latest.phase.ending?.reason == "resolved by hand: not on the console")
        #expect(stage.say(.retry([JobID(1)]))?.isAccepted == true)
    }

    @Test("a training whose id never became known and that left its model gets its version, under our request id, and its model")
    func modelWithoutID() {
        var stage = Stage.submitting(1)
        stage.answer(1, .uncertain("reset"))
        stage.model(1, .there)
        #expect(stage.outcome(1) == .completed)
        #expect(stage.asks(.record(Stage.attempt(1))))
        let request = stage.ledger[JobID(1)]?.latest.order?.request.rawValue
        let saved = stage.asked.compactMap { effect in
            if case .writeVersion(_, _, let entry, .close) = effect { entry.id } else { nil }
        }
        #expect(saved == [request])
        let listed = VersionRecord(id: request ?? "", name: "V1", status: .pending)
        #expect(stage.ledger.knows(version: listed, of: ActorID(1)))
    }
}
