import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("Trying again, and the breaker")
struct RetryingTests {
    private func failed(_ error: String, policy: Policy = Policy()) -> Stage {
        var stage = Stage(policy: policy)
        stage.train(1)
        stage.launch(1)
        stage.status(1, .inProgress)
        stage.status(1, .failed, error: error)
        if stage.phase(1) == .verifying { stage.model(1, .absent) }
        return stage
    }

    @Test("a retry is a new attempt with a new version and a new request id")
    func newVersion() {
        var stage = failed("the data set is empty")
        #expect(stage.say(.retry([JobID(1)]))?.isAccepted == true)
        stage.prepare(1, 2, random: 2)
        #expect(stage.order(1, 1)?.model.version == VersionNumber(1))
        #expect(stage.order(1, 2)?.model.version == VersionNumber(2))
        #expect(stage.order(1, 1)?.request != stage.order(1, 2)?.request)
    }

    @Test("a retry is refused while another job of the actor is open, or while it is uncertain itself")
    func refused() {
        var stage = failed("the data set is empty")
        stage.train(1)
        #expect(stage.say(.retry([JobID(1)]))?.isAccepted == false)
        stage.prepare(2, random: 2)
        stage.answer(2, .uncertain("reset"))
        #expect(stage.say(.retry([JobID(2)]))?.text.contains("resolve it first") == true)
    }

    @Test("a lost worker is tried again by itself, after a pause and with the reason")
    func workerLost() {
        var stage = failed("job timed out after 1 retries")
        #expect(stage.ledger[JobID(1)]?.attempts.count == 2)
        #expect(stage.ledger[JobID(1)]?.latest.isAutomaticRetry == true)
        #expect(stage.phase(1) == .queued)
        stage.wait(61)
        #expect(stage.phase(1) == .preparing)
    }

    @Test(
        "bad data, a wrong workflow and a cancelled job are never tried again",
        arguments: ["the data set is empty", "node 4 is missing"])
    func never(error: String) {
        #expect(failed(error).ledger[JobID(1)]?.attempts.count == 1)
        var stage = Stage.launched(1)
        stage.say(.cancel([JobID(1)]))
        stage.status(1, .timedOut)
        #expect(stage.ledger[JobID(1)]?.attempts.count == 1)
    }

    @Test("the switch turns it off")
    func switchedOff() {
        var policy = Policy()
        policy.automaticRetries = 0
        #expect(failed("job timed out after 1 retries", policy: policy).ledger[JobID(1)]?.attempts.count == 1)
    }

    @Test("at most twice, with growing pauses")
    func limit() {
        var stage = Stage()
        stage.train(1)
        for attempt in 1...3 {
            stage.wait(400)
            if stage.ledger.queue.hold != nil { stage.say(.resume) }
            stage.launch(1, attempt)
            stage.status(1, .inProgress, attempt: attempt)
            stage.status(1, .failed, error: "job timed out after 2 retries", attempt: attempt)
            if stage.phase(1) == .verifying { stage.model(1, .absent, attempt: attempt) }
        }
        #expect(stage.ledger[JobID(1)]?.attempts.count == 3)
        let pauses = stage.journal.compactMap { record -> Double? in
            guard case .attemptQueued(let queued) = record.event else { return nil }
            return queued.notBefore.map { ($0 - record.time).inSeconds }
        }
        #expect(pauses == [60, 300])
    }

    @Test("two failures of one kind in a row hold the queue, name the cause and a check, and wait")
    func breaker() {
        var stage = Stage()
        stage.train(1, 2, 3)
        for job in 1...2 {
            stage.launch(job)
            stage.status(job, .failed, error: "CUDA out of memory: \(job) GiB")
        }
        #expect(stage.ledger.queue.hold?.cause == .failures)
        #expect(stage.ledger.queue.hold?.reason.contains("check the endpoint's GPU type") == true)
        #expect(stage.phase(3) == .queued)
        stage.say(.resume)
        stage.launch(3)
        stage.status(3, .failed, error: "CUDA out of memory")
        #expect(stage.ledger.queue.hold == nil)
    }

    @Test("a success, or a failure of another kind, ends the row", arguments: [true, false])
    func rowEnds(success: Bool) {
        var stage = Stage.launched(1, 2, 3)
        stage.status(1, .failed, error: "CUDA out of memory")
        stage.launch(2)
        if success { stage.complete(2) } else { stage.status(2, .failed, error: "the data set is empty") }
        stage.launch(3)
        stage.status(3, .failed, error: "CUDA out of memory")
        #expect(stage.ledger.queue.hold == nil)
    }

    private func fellSilent() -> Stage {
        var stage = Stage.launched(1)
        stage.status(1, .inProgress)
        stage.status(1, .failed, error: "job timed out after 1 retries")
        return stage
    }

    @Test("before it is tried again by itself its model is looked for; one that is there completes it, and nothing is paid again")
    func modelIsThere() {
        var stage = fellSilent()
        #expect(stage.phase(1) == .verifying)
        #expect(stage.asks(.model(Stage.attempt(1))))
        stage.restart()
        #expect(stage.phase(1) == .verifying)
        stage.model(1, .there)
        #expect(stage.outcome(1) == .completed)
        #expect(stage.ledger[JobID(1)]?.attempts.count == 1)
        stage.wait(1000)
        #expect(stage.submissions.isEmpty)
    }

    @Test(
        "also after TIMED_OUT; a damaged model, or none, is tried again after one look",
        arguments: [ModelFinding.absent, .broken("cut short")])
    func noModel(finding: ModelFinding) {
        var stage = Stage.launched(1)
        stage.status(1, .inProgress)
        stage.status(1, .timedOut)
        #expect(stage.phase(1) == .verifying)
        stage.model(1, finding)
        #expect(stage.ledger[Stage.attempt(1)]?.outcome == .timedOut)
        #expect(stage.ledger[JobID(1)]?.latest.isAutomaticRetry == true)
    }

    @Test("where nobody can look for its model nothing is paid again by itself; the log says so, and the operator may")
    func nobodyCanLook() {
        var stage = fellSilent()
        stage.model(1, .notChecked)
        #expect(stage.phase(1) == .verifying)
        #expect(stage.asks(.cast), "a list that others write may know of it")
        stage.model(1, .notChecked)
        #expect(stage.outcome(1) == .failed)
        #expect(stage.ledger[JobID(1)]?.attempts.count == 1)
        #expect(stage.lines.contains { $0.text.contains("not tried again by itself") })
        #expect(stage.say(.retry([JobID(1)]))?.isAccepted == true)
    }

    @Test("where nobody can look, a version that another program has completed, or RunPod's own message, completes it")
    func othersKnow() {
        for isListed in [true, false] {
            var stage = fellSilent()
            let address = "https://models.s3.amazonaws.com/actor_0001_V1.safetensors"
            if isListed {
                let version = VersionRecord(id: Stage.runpod(1).rawValue, name: "V1", status: .completed, address: address)
                stage.give(.castRead(.success(Cast(actors: [.ready(ActorID(1), versions: [version])]))))
            } else if let order = stage.order(1) {
                let news = WebhookNews(runpod: Stage.runpod(1), state: .completed, address: address)
                stage.give(.delivered(WebhookDelivery(request: order.request, news: news)))
            }
            stage.model(1, .notChecked)
            #expect(stage.outcome(1) == .completed, "\(isListed)")
            #expect(stage.ledger[JobID(1)]?.attempts.count == 1)
        }
    }

    @Test("where the store does not answer the failure stands after some tries, and nothing is paid again by itself")
    func storeIsAway() {
        var stage = fellSilent()
        for _ in 0..<5 {
            #expect(stage.phase(1) == .verifying)
            stage.model(1, .unreachable("away"))
            stage.wait(400)
        }
        #expect(stage.outcome(1) == .failed)
        #expect(stage.ledger[JobID(1)]?.attempts.count == 1)
    }
}
