import EngineAPI
import Testing
import Training
import TrainingPorts

@testable import Orchestration

@Suite("What a log's times tell of this training and the next")
struct TrainingTimesTests {
    private let id = Stage.attempt(1)

    @Test("lines of the past that come in a heap are timed by RunPod's clock, whatever ours says")
    func skew() throws {
        var stage = Stage.onWorker()
        for step in stride(from: 0, through: 300, by: 5) {
            let told = stage.now + .seconds(Double(step) * 1.2 + 5000)
            stage.give(.logLines(id, [WorkerLogLine(id: "\(step)", source: nil, time: told, line: Stage.bar(step))]))
        }
        #expect(abs((stage.core.runtime.progress[id]?.rate ?? 0) - 1 / 1.2) < 1e-6)
    }

    @Test("after a restart the steps of the training before, in the same heap, count for nothing")
    func trainingBefore() throws {
        var stage = Stage.onWorker()
        let begin = stage.now
        func lines(_ steps: some Sequence<Int>, from seconds: Double) -> [WorkerLogLine] {
            steps.map { step in
                WorkerLogLine(
                    id: "\(seconds)-\(step)", source: nil, time: begin + .seconds(seconds + Double(step)), line: Stage.bar(step))
            }
        }
        stage.now = begin + .seconds(1600)
        stage.give(.logLines(id, lines(stride(from: 0, through: 1500, by: 10), from: -2000)))
        stage.give(.logLines(id, lines(stride(from: 0, through: 1500, by: 10), from: 60)))
        stage.complete(1)
        #expect(try #require(stage.ledger[id]?.times).training == .seconds(1500))
    }

    @Test("a completed training leaves its times, from which the next one's time left is taken")
    func learns() throws {
        var stage = Stage.onWorker()
        stage.wait(60)
        for step in stride(from: 0, through: 1500, by: 10) {
            stage.now = stage.now + .seconds(15)
            stage.tell(Stage.bar(step))
        }
        stage.complete(1)
        #expect(stage.outcome(1) == .completed && stage.count("training.timed") == 1)
        let times = try #require(stage.ledger[id]?.times)
        #expect(times.training == .seconds(2250))
        stage.train(2)
        stage.launch(2)
        stage.report(2, worker: "w9")
        stage.report(2, worker: "w9", progress: TrainingProgress(text: "loading"))
        let left = try #require(stage.core.runtime.progress[Stage.attempt(2)]?.left)
        #expect(left.basis == .history && left.middle > .seconds(2000))
        let expectation = try #require(stage.ledger[Stage.attempt(2)]?.order?.expectation)
        #expect(expectation.runs == 1 && expectation.duration > .seconds(2250))
    }
}
