import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("The endpoint after everything is over")
struct HealthTests {
    private func ended() -> Stage {
        var stage = Stage()
        stage.give(.healthRead(.known(EndpointHealth(inProgress: 1, running: 1))))
        stage.train(1)
        stage.launch(1)
        stage.complete(1)
        return stage
    }

    private func close(_ stage: inout Stage) {
        stage.give(.versionWritten(Stage.attempt(1), .close, fault: nil))
        stage.give(.modelWritten(Stage.attempt(1), .success(.recorded)))
        let version = VersionRecord(id: Stage.runpod(1).rawValue, name: "V1", status: .completed)
        for _ in 0..<3 {
            stage.wait(700)
            var actor = ActorProfile.ready(1, versions: [version])
            actor.models = [ModelRecord(filename: "actor_0001_V1.safetensors", versionName: "V1")]
            stage.give(.castRead(.success(Cast(actors: [actor]))))
        }
    }

    @Test("is read once more when its worker is free, and then nothing is scheduled any more")
    func lastReading() {
        var stage = ended()
        let end = stage.now
        #expect(!stage.asks(.health))
        stage.wait(21)
        #expect(stage.asks(.health))
        stage.give(.healthRead(.known(EndpointHealth(idle: 1))))
        #expect(stage.core.runtime.health == HealthReading(health: EndpointHealth(idle: 1), asOf: end + .seconds(21)))
        close(&stage)
        #expect(!stage.asks(.health))
        #expect(stage.core.deadline(after: stage.now) == nil)
    }

    @Test("is tried some times where it does not answer, and the old reading keeps its age")
    func unanswered() {
        var stage = ended()
        let asOf = stage.core.runtime.health?.asOf
        var tries = 0
        for _ in 0..<20 {
            stage.wait(60)
            guard stage.asks(.health) else { continue }
            tries += 1
            stage.give(.healthRead(.failed("no answer")))
        }
        #expect(tries == 3)
        #expect(stage.core.runtime.health?.asOf == asOf)
        #expect(stage.core.runtime.health?.health?.running == 1)
        close(&stage)
        #expect(stage.core.deadline(after: stage.now) == nil)
    }

    @Test("is not read for what never left")
    func neverLeft() {
        var stage = Stage()
        stage.give(.healthRead(.known(EndpointHealth())))
        stage.say(.hold)
        stage.train(1)
        stage.say(.cancel([JobID(1)]))
        #expect(stage.core.deadline(after: stage.now) == nil)
    }
}
