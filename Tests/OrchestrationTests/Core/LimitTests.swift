import EngineAPI
import JSONText
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("The limits that RunPod really holds a training to")
struct LimitTests {
    private func gathered(carriesLimits: Bool) -> Gathered {
        var gathered = Gathered.sample(1)
        gathered.carriesLimits = carriesLimits
        return gathered
    }

    private func inDoubt(carriesLimits: Bool) -> Stage {
        var stage = Stage()
        stage.train(1)
        stage.give(.prepared(Stage.attempt(1), .ready(gathered(carriesLimits: carriesLimits))))
        stage.answer(1, .uncertain("reset"))
        return stage
    }

    private func look(_ stage: inout Stage, after hours: Double) {
        stage.wait(hours * 3600)
        stage.model(1, .absent)
    }

    @Test("an order in doubt is given up by those that were sent, and by RunPod's own day where the server forwards none")
    func doubt() {
        var own = inDoubt(carriesLimits: true)
        look(&own, after: 12)
        #expect(own.outcome(1) == .lost)
        var server = inDoubt(carriesLimits: false)
        look(&server, after: 12)
        look(&server, after: 12)
        #expect(server.phase(1) == .uncertain)
        look(&server, after: 2)
        #expect(server.outcome(1) == .lost)
    }

    @Test("where nobody knows the endpoint's limit a job that RunPod forgets is watched for the day that it may live")
    func forgotten() {
        var stage = Stage()
        stage.train(1)
        stage.give(.prepared(Stage.attempt(1), .ready(gathered(carriesLimits: false))))
        stage.answer(1, .accepted(Stage.runpod(1), .inQueue))
        stage.wait(200)
        stage.status(1, .inProgress)
        for _ in 0..<2 {
            for _ in 0..<5 {
                stage.forgotten(1)
                stage.model(1, .absent)
                stage.wait(20)
            }
            stage.wait(12 * 3600 - 200)
        }
        #expect(stage.phase(1) == .training)
        stage.wait(600)
        stage.model(1, .absent)
        #expect(stage.outcome(1) == .lost)
    }

    @Test("a page's own limits count, and RunPod's for what it leaves out or cannot mean")
    func page() {
        func limits(_ policy: JSONValue) -> JobLimits? {
            let body: JSONValue = [
                "input": [
                    "workflow": sampleTemplate, "training_data": ["s3_urls": ["s3://images/1/0.png"]],
                    "training_config": ["model_name": "actor_1_V3", "request_id": "page-1", "max_train_steps": 1000],
                ],
                "policy": policy,
            ]
            var stage = Stage()
            stage.give(.external(body, .sample(1)))
            return stage.order(1)?.limits
        }
        #expect(
            limits(["executionTimeout": 7_200_000, "ttl": 86_400_000]) == JobLimits(execution: .hours(2), lifetime: .hours(24)))
        #expect(limits(["ttl": 36_000_000]) == JobLimits(execution: nil, lifetime: .hours(10)))
        #expect(limits(["ttl": .number("1e30"), "executionTimeout": -5]) == JobLimits(execution: nil, lifetime: .hours(24)))
    }
}
