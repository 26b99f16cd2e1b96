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
        var stage = Stage.launched(1)
        stage.give(.versionWritten(Stage.attempt(1), .save, fault: nil))
        return stage
    }

    @Test("a version that could not be saved is saved later")
    func savedLater() {
        var stage = Stage.launched(1)
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
        #expect(closings(stage).count == 1)
    }

    private func closings(_ stage: Stage) -> [VersionEntry.State] {
        stage.asked.compactMap { if case .finishVersion(_, _, _, let state) = $0 { state } else { nil } }
    }

    @Test("at its end an adopted version says how it ended, its model comes into the manifest, and both are read back")
    func adoptedClosed() {
        var (stage, _) = foreign()
        stage.give(.foreignRead(1, RunPodID("foreign-aaaa-e1"), report(.inProgress)))
        stage.give(.statusRead(Stage.attempt(1), report(.completed)))
        stage.model(1, .there)
        guard case .completed("s3://models/x.safetensors", _) = closings(stage).first else {
            Issue.record("not closed: \(stage.asked)")
            return
        }
        #expect(stage.asks(.record(Stage.attempt(1))))
        stage.give(.versionWritten(Stage.attempt(1), .close, fault: "away"))
        stage.wait(6)
        #expect(closings(stage).count == 1)
        stage.give(.versionWritten(Stage.attempt(1), .close, fault: nil))
        stage.give(.modelWritten(Stage.attempt(1), .success(.recorded)))
        #expect(stage.count("version.saved") == 0)
        #expect(stage.ledger[JobID(1)]?.latest.bookkeeping.versionClosed == true)
        #expect(stage.ledger[JobID(1)]?.latest.order == nil)
        stage.wait(60)
        stage.give(cast([VersionRecord(id: "foreign-aaaa-e1", name: "V9", status: .pending)]))
        #expect(stage.count("version.vanished") == 1)
        // The manifest's model had vanished, too: the second repair waits longer.
        stage.wait(12)
        #expect(closings(stage).count == 1)
    }

    @Test(
        "one that failed, or that RunPod has forgotten without a model, is closed as failed with the reason",
        arguments: [true, false])
    func adoptedFailed(forgotten: Bool) {
        var (stage, _) = foreign(age: 600)
        stage.give(.foreignRead(1, RunPodID("foreign-aaaa-e1"), report(.inProgress)))
        if forgotten {
            for _ in 0..<3 {
                stage.forgotten(1)
                stage.wait(6)
            }
            for _ in 0..<5 {
                stage.model(1, .absent)
                stage.wait(20)
            }
            #expect(stage.phase(1) == .training)
            stage.now = stage.now + .hours(24)
            stage.model(1, .absent)
        } else {
            stage.give(.statusRead(Stage.attempt(1), report(.failed)))
        }
        let reason = forgotten ? "RunPod knows it no longer, and no model is there" : "RunPod says FAILED and gives no reason"
        guard case .failed(reason, _) = closings(stage).first else {
            Issue.record("not closed: \(stage.asked)")
            return
        }
        stage.give(.versionWritten(Stage.attempt(1), .close, fault: nil))
        let closed = VersionRecord(id: "foreign-aaaa-e1", name: "V9", status: .failed)
        for _ in 0..<3 {
            stage.wait(700)
            stage.give(cast([closed]))
        }
        #expect(stage.count("books.confirmed") == 1)
        if stage.asks(.health) { stage.give(.healthRead(.known(EndpointHealth()))) }
        #expect(stage.core.deadline(after: stage.now) == nil)
    }

    @Test("the cost of an adopted one comes from RunPod's time and the price that was known")
    func adoptedCost() throws {
        var policy = Policy()
        policy.pricePerSecond = 0.001
        var stage = Stage(policy: policy)
        let started = stage.now + .seconds(-60)
        stage.give(cast([VersionRecord(id: "foreign-aaaa-e1", name: "V9", status: .pending, timestamp: started)]))
        let observation = RunPodObservation(state: .completed, delayTime: 10_000, executionTime: 40_000)
        let told = JobReport(id: RunPodID("foreign-aaaa-e1"), observation: observation, address: "s3://models/x")
        stage.give(.foreignRead(1, RunPodID("foreign-aaaa-e1"), .known(told)))
        stage.model(1, .there)
        let attempt = try #require(stage.ledger[JobID(1)]).latest
        #expect(attempt.cost(at: stage.now).actual == 0.04)
        #expect(attempt.elapsed(at: stage.now + .hours(1)) == .seconds(50))
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
