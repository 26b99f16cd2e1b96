import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("A training that ended while nobody watched")
struct DatingTests {
    private static let price = 0.001

    /// Accepted at once, on a worker after five minutes, last seen there another five minutes later.
    private func running() -> Stage {
        var policy = Policy()
        policy.pricePerSecond = DatingTests.price
        var stage = Stage(policy: policy)
        stage.train(1)
        stage.launch(1)
        stage.wait(300)
        stage.status(1, .inProgress, execution: nil)
        stage.wait(300)
        stage.status(1, .inProgress, execution: nil)
        return stage
    }

    /// The engine ends in good order and comes back three hours later; by then RunPod has forgotten the job.
    private func away(_ stage: Stage, cleanly: Bool = true, answers: Int = 3) -> Stage {
        var stage = stage
        if cleanly {
            stage.give(.stopping)
            stage.give(.stopped)
        }
        stage.now = stage.now + .hours(3)
        stage.restart()
        for _ in 0..<answers {
            stage.forgotten(1)
            stage.wait(6)
        }
        return stage
    }

    private func attempt(_ stage: Stage) throws -> Attempt { try #require(stage.ledger[JobID(1)]).latest }

    private func model(at time: Timestamp) -> ModelFinding {
        .present(StoredModel(location: S3Location(bucket: "models", key: "x"), sizeBytes: 10, etag: "e", lastModified: time))
    }

    @Test("the time of the model's file dates it, about; RunPod's column says that it has forgotten the job")
    func datedByModel() throws {
        let before = running()
        var stage = away(before)
        #expect(try attempt(stage).observed?.state == .gone)
        stage.model(1, model(at: before.now + .minutes(20)))
        let attempt = try attempt(stage)
        #expect(attempt.outcome == .completed)
        #expect(attempt.phase.ending?.unwatched == LastSign(at: before.now + .minutes(20), basis: .model))
        #expect(attempt.elapsed(at: stage.now + .hours(9)) == .minutes(30))
        #expect(attempt.trainingTime(at: stage.now) == .minutes(25))
        #expect(attempt.isFinishApproximate && attempt.isTrainingTimeApproximate)
        #expect(attempt.minutesText(at: stage.now) == "~30m")
        let cost = attempt.cost(at: stage.now)
        #expect(cost.actual == nil && cost.isApproximate)
        #expect(cost.soFar == 1500 * DatingTests.price)
        #expect(attempt.observed?.state.description == "GONE")
        stage.give(.versionWritten(Stage.attempt(1), .save, fault: nil))
        let version = stage.asked.compactMap { effect -> VersionEntry? in
            if case .writeVersion(_, _, let entry, .close) = effect { entry } else { nil }
        }
        #expect(version.last?.state == .completed(address: "s3://models/x", at: before.now + .minutes(20)))
    }

    @Test("RunPod's column does not go on saying IN_PROGRESS where one 404 was enough to find the model")
    func forgottenAtOnce() throws {
        let before = running()
        var stage = away(before, answers: 1)
        #expect(try attempt(stage).observed?.state == .inProgress)
        stage.model(1, model(at: before.now + .minutes(20)))
        #expect(try attempt(stage).outcome == .completed)
        #expect(try attempt(stage).observed?.state == .gone)
    }

    @Test("a model's time that cannot be is not believed; then it counts until it was last seen", arguments: [-60.0, 1440.0])
    func impossibleTime(minutes: Double) throws {
        let before = running()
        var stage = away(before)
        stage.model(1, model(at: before.now + .minutes(minutes)))
        let attempt = try attempt(stage)
        #expect(attempt.phase.ending?.unwatched == LastSign(at: before.now, basis: .seen))
        #expect(attempt.elapsed(at: stage.now) == .minutes(10))
        #expect(attempt.trainingTime(at: stage.now) == .minutes(5))
    }

    @Test("without a model it counts until it was last seen, which a clean end has recorded and a crash has not")
    func lastSeen() throws {
        for (cleanly, minutes) in [(true, 10.0), (false, 5.0)] {
            let before = running()
            var stage = away(before, cleanly: cleanly)
            for _ in 0..<5 {
                stage.model(1, .absent)
                stage.wait(20)
            }
            let attempt = try attempt(stage)
            #expect(attempt.outcome == .lost)
            #expect(attempt.elapsed(at: stage.now) == .minutes(minutes))
            #expect(attempt.cost(at: stage.now).soFar == (minutes - 5) * 60 * DatingTests.price)
            #expect(attempt.cost(at: stage.now).isApproximate)
            #expect(stage.journal.last { $0.event.name == "attempt.ended" }?.sentence.contains("last seen ~") == true)
        }
    }

    @Test("where RunPod still knows the job its own times count, to the second and without a mark")
    func toldByRunPod() throws {
        var stage = running()
        let before = stage.now
        stage.now = stage.now + .hours(3)
        stage.restart()
        stage.status(1, .completed, delay: 300_000, execution: 1_500_000)
        stage.model(1, model(at: before))
        let attempt = try attempt(stage)
        #expect(attempt.phase.ending?.unwatched == nil)
        #expect(attempt.elapsed(at: stage.now) == .minutes(30))
        #expect(attempt.trainingTime(at: stage.now) == .minutes(25))
        #expect(attempt.queueTime(at: stage.now) == .minutes(5))
        #expect(!attempt.isFinishApproximate)
        #expect(attempt.cost(at: stage.now).actual == 1500 * DatingTests.price)
        #expect(!attempt.cost(at: stage.now).isApproximate)
    }

    @Test("times that RunPod has counted anew for another worker do not add up to the end")
    func givenAgain() throws {
        var stage = running()
        stage.now = stage.now + .hours(3)
        stage.restart()
        stage.status(1, .failed, delay: 900_000, execution: 60_000, retries: 1)
        let attempt = try attempt(stage)
        #expect(attempt.isFinishApproximate)
        #expect(attempt.elapsed(at: stage.now) == .minutes(5))
        #expect(attempt.trainingTime(at: stage.now) == .minutes(1))
    }

    @Test("an end that was watched is the end, without a mark, also where RunPod names no times")
    func watched() throws {
        var stage = running()
        stage.wait(30)
        stage.status(1, .cancelled, execution: nil)
        let attempt = try attempt(stage)
        #expect(attempt.elapsed(at: stage.now + .hours(1)) == .seconds(630))
        #expect(!attempt.isFinishApproximate)
    }

    @Test("it was on a worker since RunPod says so, not since somebody looked")
    func startedUnseen() throws {
        var stage = Stage.launched(1)
        stage.now = stage.now + .hours(1)
        stage.restart()
        stage.status(1, .inProgress, delay: 600_000, execution: nil)
        #expect(try attempt(stage).trainingTime(at: stage.now) == .minutes(50))
    }

    @Test("what was cancelled before it left has an end, and nothing of it goes on counting")
    func neverLeft() throws {
        var stage = Stage()
        stage.train(1, 2)
        stage.wait(60)
        stage.say(.cancel([JobID(2)]))
        let attempt = try #require(stage.ledger[JobID(2)]).latest
        #expect(attempt.elapsed(at: stage.now + .hours(5)) == .minutes(1))
        #expect(attempt.queueTime(at: stage.now + .hours(5)) == nil)
        #expect(!attempt.isFinishApproximate)
    }
}
