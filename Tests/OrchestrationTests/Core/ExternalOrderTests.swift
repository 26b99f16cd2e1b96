import EngineAPI
import JSONText
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("A request that a page posts")
struct ExternalOrderTests {
    private func body(_ model: String = "actor_1_V3", request: String = "0001_1760690576") -> JSONValue {
        [
            "input": [
                "workflow": sampleTemplate, "training_data": ["s3_urls": ["s3://images/1/0.png"]],
                "training_config": ["model_name": .string(model), "request_id": .string(request), "max_train_steps": 1000],
            ],
            "webhook": "https://page.example.org/api/training-webhook",
        ]
    }

    @Test("it is journalled before it leaves, at once, with limits and without the page's webhook")
    func outbox() throws {
        var stage = Stage()
        #expect(stage.give(.external(body(), .sample(1)))?.isAccepted == true)
        #expect(stage.events.suffix(3) == ["job.queued", "attempt.prepared", "submission.intended"])
        #expect(stage.submissions == [RequestID(rawValue: "0001_1760690576")])
        let sent = try JSONValue(parsing: try #require(stage.payloads.last).bytes)
        #expect(sent["webhook"] == nil)
        #expect((sent["policy"]?["executionTimeout"]?.int ?? 0) >= 3_600_000)
        #expect(stage.order(1)?.parameters.maxTrainSteps == 1000)
        #expect(stage.ledger[JobID(1)]?.origin == .server)
    }

    @Test("what its nodes say is what was ordered, whatever is said beside them")
    func nodesDecide() throws {
        var body = body()
        body["input"]?["workflow"] = ["4": ["class_type": "FluxTrainLoop", "inputs": ["steps": 900]]]
        var stage = Stage()
        #expect(stage.give(.external(body, .sample(1)))?.isAccepted == true)
        #expect(stage.order(1)?.parameters.maxTrainSteps == 900)
        #expect(
            stage.order(1)?.expectation == Expectation(steps: 900, pricePerSecond: stage.order(1)?.expectation.pricePerSecond))
    }

    @Test("it is refused while the actor is in training, for a used version or request id, and while the queue is held")
    func refused() {
        var stage = Stage()
        stage.give(.external(body(), .sample(1)))
        #expect(stage.give(.external(body("actor_1_V4", request: "other"), .sample(1)))?.text.contains("in training") == true)
        #expect(stage.give(.external(body("actor_2_V1"), .sample(2)))?.text.contains("used before") == true)
        let stored = [ModelName(actor: 2, version: VersionNumber(1))]
        #expect(
            stage.give(.external(body("actor_2_V1", request: "new"), .sample(2, stored: stored)))?.text.contains("exists already")
                == true)
        stage.say(.hold)
        #expect(stage.give(.external(body("actor_2_V2", request: "newer"), .sample(2)))?.text.contains("held") == true)
        #expect(stage.ledger.jobs.count == 1)
    }

    @Test("what is wrong with it is named", arguments: ["workflow", "training_data", "training_config"])
    func wrong(missing: String) {
        var stage = Stage()
        var body = body()
        body["input"]?[missing] = nil
        #expect(stage.give(.external(body, .sample(1)))?.isAccepted == false)
        #expect(stage.ledger.jobs.isEmpty)
    }
}
