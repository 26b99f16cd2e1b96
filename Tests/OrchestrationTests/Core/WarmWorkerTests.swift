import EngineAPI
import JSONText
import Testing
import Training
import TrainingPorts

@testable import Orchestration
@testable import RunPodSimulator

@Suite("The log of a warm worker, after a restart")
struct WarmWorkerTests {
    private let second = Stage.attempt(2)

    /// The first training has ended on `w1`, the second was taken there a second after it was sent; then the program came back.
    private func restarted(after seconds: Double = 30) -> Stage {
        var stage = Stage.onWorker()
        stage.complete(1)
        stage.train(2)
        stage.launch(2)
        stage.now = stage.now + .seconds(seconds)
        stage.report(2, worker: "w1")
        stage.restart()
        #expect(stage.asked.contains(.followLog(second, worker: "w1", after: nil)))
        return stage
    }

    /// Lines at seconds from when the second training can have begun, by RunPod's clock.
    private func heap(_ stage: Stage, clock difference: Double = 0, _ lines: (Double, String)...) -> Input {
        let begin = stage.ledger[second]?.earliestStart ?? stage.now
        return .logLines(
            second,
            lines.map { seconds, text in
                let time = begin + .seconds(seconds + difference)
                return WorkerLogLine(id: time.description, source: "container", time: time, line: text)
            })
    }

    private func shown(_ stage: Stage) -> [String] { stage.lines.filter { $0.attempt == second }.map(\.text) }
    private func step(_ stage: Stage) -> Int? { stage.core.runtime.progress[second]?.progress.step }

    @Test("shows nothing of the training before, and all of the job's own")
    func restart() {
        var stage = restarted()
        let known = shown(stage)
        stage.give(
            heap(
                stage, (-40, Stage.bar(1495, after: "24:50")), (-35, Stage.bar(1500, after: "24:55")), (-30, "model saved."),
                (-3, "Uploading")))
        #expect(step(stage) == nil && shown(stage) == known && stage.core.runtime.follows[second]?.hasSteps == false)
        #expect(stage.core.runtime.follows[second]?.clock.times.training == nil)
        stage.give(heap(stage, (1, "downloading 6 training images")))
        #expect(shown(stage) == known + ["downloading 6 training images"])
        stage.give(heap(stage, (28, Stage.bar(0)), (29, Stage.bar(5))))
        #expect(step(stage) == 5)
    }

    @Test("that comes with the job's own lines is parted where those begin")
    func together() {
        var stage = restarted()
        let known = shown(stage)
        stage.give(
            heap(
                stage, (-35, Stage.bar(1500, after: "24:55")), (-3, "RuntimeError: no room"), (1, "prepare accelerator"),
                (20, Stage.bar(5))))
        #expect(step(stage) == 5 && shown(stage).dropFirst(known.count).map { $0.prefix(7) } == ["prepare", "steps: "])
    }

    @Test("is parted right when RunPod's clock is far ahead, as far as its newest line tells")
    func ahead() {
        var stage = restarted()
        let known = shown(stage)
        stage.give(heap(stage, clock: 3600, (-20, "model saved."), (-3, "RuntimeError: no room"), (29, "loading")))
        #expect(shown(stage) == known + ["loading"])
    }

    @Test("is told by its bars where the clocks do not tell: none runs longer than the job")
    func bars() {
        var stage = restarted()
        // Nothing was written for long, and RunPod's clock is five minutes ahead: the newest line seems to be of now.
        stage.give(heap(stage, clock: 300, (-300, Stage.bar(1400, after: "23:20")), (-290, Stage.bar(1500, after: "24:55"))))
        #expect(step(stage) == nil)
        var long = restarted(after: 1600)
        long.give(heap(long, (100, Stage.bar(0)), (1590, Stage.bar(1490, after: "24:50"))))
        #expect(step(long) == 1490)
    }

    @Test("hides no more than the first heap when our clock is ahead, and never what comes live")
    func behind() {
        var stage = restarted()
        stage.give(heap(stage, clock: -3600, (1, "downloading"), (25, Stage.bar(0)), (29, Stage.bar(5))))
        #expect(step(stage) == nil)
        stage.now = stage.now + .seconds(11)
        stage.give(heap(stage, clock: -3600, (41, Stage.bar(15, after: "00:15"))))
        #expect(step(stage) == 15)
    }

    @Test("is judged as long as it comes, which in a fast simulation is long by the clock")
    func pieces() {
        var stage = restarted()
        stage.give(.started(EngineStart(program: "test", source: "test", timeScale: 20), mayContinue: false))
        let known = shown(stage)
        stage.give(heap(stage, (-800, Stage.bar(800, after: "13:20"))))
        stage.now = stage.now + .seconds(21)
        stage.give(heap(stage, (-100, Stage.bar(1500, after: "24:55")), (-3, "Uploading"), (1, "downloading")))
        #expect(step(stage) == nil && shown(stage) == known + ["downloading"])
    }

    @Test("counts for nothing either where the job was moved to that worker from another one")
    func moved() {
        var stage = Stage.onWorker()
        func lines(_ lines: (Double, String)...) -> Input {
            .logLines(
                Stage.attempt(1),
                lines.map { WorkerLogLine(id: nil, source: nil, time: start + .seconds($0.0), line: $0.1) })
        }
        let start = stage.now
        stage.now = start + .seconds(400)
        stage.give(lines((10, "loading"), (390, Stage.bar(300, after: "05:00"))))
        stage.give(
            .statusRead(
                Stage.attempt(1),
                .known(
                    JobReport(
                        id: Stage.runpod(1),
                        observation: RunPodObservation(state: .inProgress, delayTime: 100, retries: 1, worker: "w2")))))
        stage.give(.logEnded(Stage.attempt(1), .cancelled))
        stage.give(lines((380, Stage.bar(500, after: "05:30")), (389, "their own words")))
        #expect(stage.core.runtime.progress[Stage.attempt(1)]?.progress == TrainingProgress())
        #expect(!stage.lines.contains { $0.text == "their own words" })
        stage.give(lines((395, Stage.bar(0))))
        #expect(stage.core.runtime.progress[Stage.attempt(1)]?.progress.step == 0)
    }

    @Test(
        "of the simulator, with two trainings one after the other, shows the second one's lines alone", arguments: [5.0, 60, 170])
    func simulator(seconds: Double) throws {
        var stage = Stage.onWorker()
        stage.complete(1)
        var endpoint = SimulatedEndpoint(name: "ep", instance: 1, settings: SimulatorSettings(seed: 7, workers: 1))
        func state(_ reply: SimulatedReply, _ key: String) throws -> String? { try JSONValue(parsing: reply.body)[key]?.string }
        func submit(_ model: String) throws -> String {
            let body: JSONValue = [
                "input": [
                    "workflow": ["4": ["class_type": "FluxTrainLoop", "inputs": ["steps": 1500]]],
                    "training_data": ["s3_urls": ["s3://b/a.jpg"]],
                    "training_config": ["request_id": .string("r-\(model)"), "model_name": .string(model)],
                ],
                "policy": ["executionTimeout": 7_200_000, "ttl": 36_000_000],
            ]
            let id = try state(endpoint.handle(.run(body), at: stage.now).reply, "id")
            return try #require(id)
        }
        let first = try submit("actor_0001_V1")
        stage.train(2)
        let next = try submit("actor_0002_V1")
        stage.launch(2)
        while try state(endpoint.handle(.status(first), at: stage.now).reply, "status") != "COMPLETED" {
            stage.now = try #require(endpoint.nextEvent)
            _ = endpoint.advance(to: stage.now)
        }
        let begun = stage.now
        stage.now = begun + .seconds(seconds)
        let status = try JSONValue(parsing: endpoint.handle(.status(next), at: stage.now).reply.body)
        let worker = try #require(status["workerId"]?.string)
        let observation = RunPodObservation(state: .inProgress, delayTime: status["delayTime"]?.int, worker: worker)
        stage.give(.statusRead(second, .known(JobReport(id: Stage.runpod(2), observation: observation))))
        stage.restart()
        let reading = try #require(endpoint.log(of: worker, source: "container", after: nil, tail: 500, at: stage.now))
        #expect(reading.lines.contains { $0.time < begun && TrainerLogLine($0.text).progress?.step == 1500 })
        let known = shown(stage).count
        stage.give(
            .logLines(
                second,
                reading.lines.map {
                    WorkerLogLine(id: $0.time.description, source: $0.source, time: $0.time, line: $0.text)
                }))
        let own = reading.lines.filter { $0.time >= begun }.map { TrainerLogLine($0.text) }
        #expect(step(stage) == own.last { $0.progress != nil }?.progress?.step)
        let words = own.filter { $0.progress == nil && !$0.text.isEmpty }.map(\.text)
        #expect(shown(stage).dropFirst(known).filter { !$0.hasPrefix("steps:") } == words)
    }
}
