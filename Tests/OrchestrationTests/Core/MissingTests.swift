import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("A job that RunPod does not know")
struct MissingTests {
    private func running() -> Stage {
        var stage = Stage.launched(1)
        stage.wait(200)
        stage.status(1, .inProgress)
        return stage
    }

    /// RunPod answers 404 and the store has no model, again and again.
    private func look(_ stage: inout Stage, times: Int = 5) {
        for _ in 0..<times {
            stage.forgotten(1)
            stage.model(1, .absent)
            stage.wait(20)
        }
    }

    private func limit(_ stage: Stage) -> Double { stage.order(1)?.expectation.executionTimeout.inSeconds ?? 0 }

    @Test("its model is looked for at the first 404, and completes it")
    func model() {
        var stage = running()
        stage.forgotten(1)
        #expect(stage.asks(.model(Stage.attempt(1))))
        stage.model(1, .there)
        #expect(stage.outcome(1) == .completed)
    }

    @Test("seen open lately it is GONE and watched on, slowly, and lost only when retention and execution limit are over")
    func lost() {
        var stage = running()
        look(&stage)
        #expect(stage.phase(1) == .training)
        #expect(stage.ledger[JobID(1)]?.latest.isGone == true)
        stage.forgotten(1)
        stage.wait(200)
        #expect(!stage.asks(.status(Stage.attempt(1))))
        stage.wait(200)
        #expect(stage.asks(.status(Stage.attempt(1))))
        stage.wait(2400)
        look(&stage)
        #expect(stage.phase(1) == .training)
        stage.wait(limit(stage))
        look(&stage, times: 1)
        #expect(stage.outcome(1) == .lost)
    }

    @Test(
        "it keeps its place among those that run at once until it has most likely ended, and then the queue goes on; its actor waits"
    )
    func place() {
        var stage = running()
        let duration = stage.order(1)?.expectation.duration.inSeconds ?? 0
        stage.train(2)
        look(&stage)
        #expect(stage.ledger[JobID(1)]?.latest.isGone == true && stage.phase(2) == .queued)
        stage.wait(duration * 1.3)
        look(&stage, times: 1)
        #expect(stage.phase(2) == .queued)
        stage.wait(duration * 0.3)
        look(&stage, times: 1)
        #expect(stage.phase(1) == .training && stage.phase(2) == .preparing)
        #expect(stage.train(1)?.isAccepted != true)
    }

    @Test("when RunPod knows it again it takes a place again, and nothing more starts beside it")
    func placeAgain() {
        var stage = running()
        let duration = stage.order(1)?.expectation.duration.inSeconds ?? 0
        stage.train(2)
        look(&stage)
        stage.wait(duration * 1.5)
        look(&stage, times: 1)
        stage.launch(2)
        stage.train(3)
        stage.status(1, .inProgress)
        stage.status(2, .inProgress)
        stage.complete(2)
        #expect(stage.phase(1) == .training && stage.phase(3) == .queued)
    }

    @Test("one that never was on a worker is counted from when RunPod last knew it")
    func placeInTheQueue() {
        var stage = Stage.launched(1)
        let duration = stage.order(1)?.expectation.duration.inSeconds ?? 0
        stage.wait(duration * 2)
        stage.status(1, .inQueue)
        stage.train(2)
        look(&stage)
        stage.wait(duration * 1.3)
        look(&stage, times: 1)
        #expect(stage.phase(1) == .waiting && stage.phase(2) == .queued)
        stage.wait(duration * 0.3)
        look(&stage, times: 1)
        #expect(stage.phase(2) == .preparing)
    }

    @Test("one that never was on a worker is lost only when its lifetime is over")
    func neverStarted() {
        var stage = Stage.launched(1)
        stage.wait(limit(stage) + 3600)
        look(&stage)
        #expect(stage.phase(1) == .waiting)
        stage.wait(stage.order(1)?.expectation.timeToLive.inSeconds ?? 0)
        look(&stage, times: 1)
        #expect(stage.outcome(1) == .lost)
    }

    @Test("when RunPod knows it again it goes on as if nothing had been")
    func back() {
        var stage = running()
        look(&stage)
        stage.status(1, .inProgress)
        #expect(stage.ledger[JobID(1)]?.latest.isGone == false)
        stage.complete(1)
        #expect(stage.outcome(1) == .completed)
    }

    @Test("a webhook tells the suffix under which it goes on, and RunPod is asked by that")
    func moved() {
        var stage = running()
        look(&stage)
        let moved = RunPodID("11-aaaa-u7")
        stage.webhook(1, .completed, runpod: moved)
        #expect(stage.asked.contains { if case .askStatus(_, moved, _) = $0 { true } else { false } })
    }

    @Test("a webhook that told of a failure ends it without waiting for the limits")
    func toldFailed() {
        var stage = running()
        stage.webhook(1, .failed, runpod: Stage.runpod(1))
        look(&stage, times: 6)
        #expect(stage.outcome(1) == .failed)
    }

    @Test(
        "a cancel that RunPod does not know the job for ends nothing: it is GONE until its limits are over, its place is free sooner"
    )
    func cancelNotConfirmed() {
        var stage = running()
        stage.train(2)
        look(&stage)
        #expect(stage.say(.cancel([JobID(1)]))?.isAccepted == true)
        stage.give(.cancelAnswered(Stage.attempt(1), .notFound("job not found")))
        look(&stage)
        #expect(stage.phase(1) == .cancelling && stage.ledger[JobID(1)]?.latest.isGone == true)
        #expect(stage.say(.retry([JobID(1)]))?.isAccepted == false)
        stage.wait(100)
        #expect(!stage.asks(.cancel(Stage.attempt(1))), "not every ten seconds for hours")
        stage.wait((stage.order(1)?.expectation.duration.inSeconds ?? 0) * 1.5)
        look(&stage, times: 1)
        #expect(stage.phase(1) == .cancelling && stage.phase(2) == .preparing)
        stage.wait(limit(stage))
        look(&stage, times: 1)
        #expect(stage.outcome(1) == .cancelled)
    }

    @Test("only RunPod's own word is a cancel taken: a desk that took the order answers with the state that it last saw")
    func cancelHandedOn() {
        var stage = running()
        stage.say(.cancel([JobID(1)]))
        stage.give(.cancelAnswered(Stage.attempt(1), .taken(RunPodObservation(state: .inProgress))))
        look(&stage)
        #expect(stage.phase(1) == .cancelling)
        stage.give(.cancelAnswered(Stage.attempt(1), .taken(RunPodObservation(state: .cancelled))))
        stage.restart()
        look(&stage)
        #expect(stage.outcome(1) == .cancelled)
    }

    @Test("one that another worker took over, unseen in between, has its whole execution limit again", arguments: [true, false])
    func redispatched(byWorker: Bool) {
        var stage = running()
        stage.wait(limit(stage) - 600)
        if byWorker {
            for worker in ["a", "b"] {
                let seen = RunPodObservation(state: .inProgress, worker: worker)
                stage.give(.statusRead(Stage.attempt(1), .known(JobReport(id: Stage.runpod(1), observation: seen))))
            }
        } else {
            stage.status(1, .inProgress, retries: 1)
        }
        look(&stage)
        stage.wait(3000)
        look(&stage)
        #expect(stage.phase(1) == .training)
        stage.wait(limit(stage))
        look(&stage, times: 1)
        #expect(stage.outcome(1) == .lost)
    }

    @Test("it is asked for and cancelled at the endpoint to which it was sent")
    func endpoint() {
        var stage = running()
        stage.wait(60)
        stage.say(.cancel([JobID(1)]))
        #expect(stage.asked.contains(.askStatus(Stage.attempt(1), Stage.runpod(1), endpoint: "endpoint")))
        #expect(stage.asked.contains(.cancel(Stage.attempt(1), Stage.runpod(1), endpoint: "endpoint")))
    }

    @Test("the operator ends it: by a cancel that RunPod takes, or by hand as completed or failed")
    func byHand() {
        var stage = running()
        #expect(stage.say(.resolve(JobID(1), .failed, because: "looked"))?.isAccepted == false)
        look(&stage)
        #expect(stage.say(.resolve(JobID(1), .neverSubmitted, because: "looked"))?.isAccepted == false)
        #expect(stage.say(.resolve(JobID(1), .failed, because: "looked"))?.isAccepted == true)
        var other = running()
        #expect(other.say(.cancel([JobID(1)]))?.isAccepted == true)
        other.give(.cancelAnswered(Stage.attempt(1), .taken(RunPodObservation(state: .cancelled))))
        look(&other)
        #expect(other.outcome(1) == .cancelled)
    }
}
