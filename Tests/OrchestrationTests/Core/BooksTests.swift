import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("Versions, manifests and other people's jobs")
struct BooksTests {
    private func cast(_ versions: [VersionRecord] = [], models: [ModelRecord] = []) -> Input {
        var actor = ActorProfile.ready(1, versions: versions)
        actor.models = models
        return .castRead(.success(Cast(actors: [actor, .ready(2)])))
    }

    private func record(_ status: VersionRecord.Status) -> VersionRecord {
        VersionRecord(id: Stage.runpod(1).rawValue, name: "V1", status: status)
    }

    private func saved() -> Stage {
        var stage = Stage()
        stage.train(1)
        stage.launch(1)
        stage.give(.versionWritten(Stage.attempt(1), .save, fault: nil))
        return stage
    }

    @Test("a version that could not be saved is saved later")
    func savedLater() {
        var stage = Stage()
        stage.train(1)
        stage.launch(1)
        stage.give(.versionWritten(Stage.attempt(1), .save, fault: "server away"))
        #expect(!stage.asks(.version(Stage.attempt(1))))
        stage.wait(6)
        #expect(stage.asks(.version(Stage.attempt(1))))
    }

    @Test("a version that a stale writer took away is saved again; a reading that began before the write proves nothing")
    func vanished() {
        var stage = saved()
        stage.give(cast())
        stage.wait(60)
        stage.give(cast())
        #expect(stage.count("version.vanished") == 1)
        stage.wait(6)
        #expect(stage.asks(.version(Stage.attempt(1))))
    }

    @Test("what was written at the end is read back some minutes later, and then left alone")
    func confirmed() {
        var stage = saved()
        stage.complete(1)
        stage.give(.versionWritten(Stage.attempt(1), .close, fault: nil))
        stage.give(.modelWritten(Stage.attempt(1), .success(.recorded)))
        let models = [ModelRecord(filename: "actor_0001_V1.safetensors", versionName: "V1")]
        // The second reading began after the last write, and is still too early.
        stage.give(cast([record(.completed)], models: models))
        stage.give(cast([record(.completed)], models: models))
        #expect(stage.count("books.confirmed") == 0)
        stage.wait(700)
        stage.give(cast([record(.completed)], models: models))
        #expect(stage.count("books.confirmed") == 1)
        #expect(stage.core.deadline(after: stage.now) == nil)
        stage.give(cast())
        #expect(stage.count("version.vanished") == 0)
        stage.give(cast([record(.pending)]))
        #expect(stage.count("version.vanished") == 1)
    }

    @Test("after a restart the books of an ended attempt are compared with the project")
    func afterRestart() {
        var stage = saved()
        stage.complete(1)
        stage.give(.versionWritten(Stage.attempt(1), .close, fault: nil))
        stage.give(.modelWritten(Stage.attempt(1), .success(.recorded)))
        stage.restart(cast: [.ready(1, versions: [record(.pending)])])
        #expect(stage.count("version.vanished") == 1)
        #expect(stage.count("model.vanished") == 1)
    }

    @Test("what vanishes again and again is given up with an alarm")
    func givenUp() {
        var stage = saved()
        for _ in 0..<20 {
            stage.give(cast())
            stage.wait(400)
            stage.give(.versionWritten(Stage.attempt(1), .save, fault: nil))
            stage.give(cast())
        }
        #expect(stage.count("version.vanished") == stage.policy.repairLimit)
        #expect(stage.lines.contains { $0.severity == .alarm })
    }

    private func foreign(age: Double = 60) -> (Stage, VersionRecord) {
        var stage = Stage()
        let version = VersionRecord(id: "foreign-aaaa-e1", name: "V9", status: .pending, timestamp: stage.now + .seconds(-age))
        stage.give(cast([version]))
        return (stage, version)
    }

    private func report(_ state: RunPodState) -> StatusAnswer {
        .known(
            JobReport(
                id: RunPodID("foreign-aaaa-e1"), observation: RunPodObservation(state: state),
                address: state == .completed ? "s3://models/actor_0001_V9.safetensors" : nil))
    }

    @Test("a training that somebody else started is adopted, blocks its actor, takes no place and is watched to its end")
    func adopted() {
        var (stage, _) = foreign()
        #expect(stage.asks(.foreign(RunPodID("foreign-aaaa-e1"))))
        stage.give(.foreignRead(1, RunPodID("foreign-aaaa-e1"), report(.inProgress)))
        #expect(stage.ledger.jobs.map(\.origin) == [.adopted])
        #expect(stage.phase(1) == .training)
        #expect(stage.train(1)?.isAccepted == false)
        stage.train(2)
        #expect(stage.phase(2) == .preparing)
        stage.give(.statusRead(Stage.attempt(1), report(.completed)))
        stage.model(1, .there)
        #expect(stage.outcome(1) == .completed)
        #expect(stage.asks(.record(Stage.attempt(1))))
        #expect(!stage.asks(.version(Stage.attempt(1))))
    }

    @Test("an adopted job survives a restart, and cancelling everything leaves it alone")
    func adoptedAfterRestart() {
        var (stage, version) = foreign()
        stage.give(.foreignRead(1, RunPodID("foreign-aaaa-e1"), report(.inProgress)))
        stage.restart(cast: [.ready(1, versions: [version])])
        #expect(stage.phase(1) == .training)
        #expect(!stage.asks(.foreign(RunPodID("foreign-aaaa-e1"))))
        #expect(stage.say(.cancelAll)?.isAccepted == false)
        #expect(stage.say(.cancel([JobID(1)]))?.isAccepted == true)
    }

    @Test("what RunPod does not know excludes its actor until it is dismissed; a young one is asked for again")
    func unknown() {
        var (young, _) = foreign(age: 60)
        young.give(.foreignRead(1, RunPodID("foreign-aaaa-e1"), .notFound("404")))
        young.wait(300)
        #expect(young.asks(.foreign(RunPodID("foreign-aaaa-e1"))))
        var (stage, _) = foreign(age: 86_400)
        stage.give(.foreignRead(1, RunPodID("foreign-aaaa-e1"), .notFound("404")))
        #expect(stage.core.deadline(after: stage.now) == nil)
        #expect(stage.train(1)?.text.contains("V9 pending") == true)
        stage.say(.dismissPending(1))
        #expect(stage.train(1)?.isAccepted == true)
    }

    @Test("while something runs the actors are read at every poll interval, and with nothing open not at all")
    func readings() {
        var stage = saved()
        stage.give(cast([record(.pending)]))
        stage.wait(31)
        #expect(stage.asks(.cast))
    }

    @Test("nobody else's job is adopted for an actor whom we train")
    func oneAnActor() {
        var stage = saved()
        stage.give(cast([record(.pending), VersionRecord(id: "foreign-aaaa-e1", name: "V9", status: .pending)]))
        #expect(!stage.asks(.foreign(RunPodID("foreign-aaaa-e1"))))
    }
}
