import EngineAPI
import Testing
import Training

@testable import Orchestration

@Suite("Asking RunPod how jobs stand")
struct PollingTests {
    /// Goes on for a while, with every question answered at once; gives when each job was asked for.
    private func ask(_ stage: inout Stage, jobs: ClosedRange<Int>, seconds: Int) -> [Int: [Timestamp]] {
        var times: [Int: [Timestamp]] = [:]
        for _ in 0..<seconds {
            stage.wait(1)
            for job in jobs where stage.asks(.status(Stage.attempt(job))) {
                times[job, default: []].append(stage.now)
                stage.status(job, .inProgress)
            }
        }
        return times
    }

    @Test("a job that RunPod gives to another worker begins anew: its steps are forgotten, and its times teach nothing")
    func begunAnew() {
        var stage = Stage.onWorker()
        stage.tell(Stage.bar(0))
        stage.now = stage.now + .minutes(10)
        stage.tell(Stage.bar(700))
        #expect(stage.core.runtime.progress[Stage.attempt(1)]?.progress.step == 700)
        stage.status(1, .inQueue, retries: 1)
        #expect(stage.core.runtime.progress[Stage.attempt(1)]?.progress == TrainingProgress())
        stage.status(1, .inProgress, retries: 1)
        for step in stride(from: 0, through: 1500, by: 10) {
            stage.now = stage.now + .seconds(10)
            stage.tell(Stage.bar(step))
        }
        stage.status(1, .completed, address: "s3://models/x.safetensors", retries: 1)
        stage.model(1, .there)
        #expect(stage.outcome(1) == .completed && stage.count("training.timed") == 0)
    }

    @Test("jobs that began at different times are soon asked for together, and none waits longer for it")
    func together() throws {
        var stage = Stage()
        stage.say(.setParallelism(3))
        stage.train(1, 2, 3)
        var asked: [Int: [Timestamp]] = [:]
        for job in 1...3 {
            stage.launch(job)
            asked.merge(ask(&stage, jobs: 1...job, seconds: 11)) { $0 + $1 }
        }
        asked.merge(ask(&stage, jobs: 1...3, seconds: 600)) { $0 + $1 }
        let ends = (1...3).compactMap { asked[$0]?.suffix(5) }.map(Array.init)
        #expect(ends.count == 3 && ends[0] == ends[1] && ends[1] == ends[2])
        for times in asked.values {
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 <= stage.policy.pollInterval + .seconds(1) })
        }
    }
}
