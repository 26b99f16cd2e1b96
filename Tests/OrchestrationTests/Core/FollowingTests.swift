import EngineAPI
import Testing
import Training
import TrainingPorts

@testable import Orchestration

@Suite("A worker's log")
struct FollowingTests {
    private let id = Stage.attempt(1)

    @Test("its lines move progress, rate, loss and time left, stand in the log once for a twentieth, and never in the journal")
    func lines() throws {
        var stage = Stage.onWorker()
        let events = stage.events
        stage.tell("\u{1B}[34mINFO\u{1B}[0m caching latents...")
        for step in stride(from: 0, through: 300, by: 5) {
            stage.now = stage.now + .seconds(6)
            stage.tell(Stage.bar(step))
        }
        let reading = try #require(stage.core.runtime.progress[id])
        #expect(reading.progress == TrainingProgress(step: 300, steps: 1500, loss: 0.3))
        #expect(abs((reading.rate ?? 0) - 5.0 / 6) < 1e-9)
        let left = try #require(reading.left)
        #expect(left.basis == .measured && abs(left.middle.inSeconds - 1460) < 20)
        #expect(reading.loss.values.count > 10)
        #expect(stage.lines.first { $0.attempt == id }?.text == "INFO caching latents...")
        #expect(stage.lines.count { $0.attempt == id && $0.text.hasPrefix("steps:") } == 5)
        #expect(stage.events == events)
        // A poll knows less than the log: it takes nothing back.
        stage.report(1, worker: "w1", progress: TrainingProgress(step: 290, steps: 1500))
        #expect(stage.core.runtime.progress[id]?.progress.step == 300)
    }

    @Test("lines that come together are all in the log, in their order, and make one progress")
    func heaps() {
        var stage = Stage.onWorker()
        let decision = stage.core.deciding(stage.heap("one", Stage.bar(5), "two", Stage.bar(10)), at: stage.now)
        let progress = decision.readings.filter { if case .progress = $0 { true } else { false } }
        #expect(progress.count == 1)
        stage.give(stage.heap("one", Stage.bar(5), "two", Stage.bar(10)))
        #expect(stage.core.runtime.progress[id]?.progress.step == 10)
        #expect(stage.lines.filter { $0.attempt == id }.map(\.text).filter { !$0.hasPrefix("steps") } == ["one", "two"])
    }

    @Test("lines that were gathered when a training failed are shown: they say why; a progress of it is not")
    func lastWords() {
        var stage = Stage.onWorker()
        stage.tell(Stage.bar(100))
        stage.status(1, .failed)
        #expect(stage.phase(1) == .done)
        stage.give(stage.heap(Stage.bar(900), "RuntimeError: CUDA out of memory"))
        #expect(stage.lines.last { $0.attempt == id }?.text == "RuntimeError: CUDA out of memory")
        #expect(stage.core.runtime.progress[id]?.progress.step != 900)
    }

    @Test("lines of a worker that has lost the job move no progress on the next one")
    func lostWorker() {
        var stage = Stage.onWorker()
        stage.tell(Stage.bar(100))
        stage.report(1, worker: "w2")
        stage.give(stage.heap(Stage.bar(105), "Killed"))
        #expect(stage.core.runtime.progress[id]?.progress == TrainingProgress())
        #expect(stage.lines.last { $0.attempt == id }?.text == "Killed")
    }

    @Test("an interrupted log goes on after the last line, one whose worker is gone is left")
    func ends() {
        var stage = Stage.onWorker()
        stage.tell("hello")
        let last = stage.now.description
        stage.give(.logEnded(id, .cancelled))
        #expect(stage.asked.contains(.followLog(id, worker: "w1", after: last)))
        stage.give(.logEnded(id, .gone))
        stage.wait(600)
        #expect(!stage.asks(.log(id)))
        stage.report(1, worker: "w2")
        #expect(stage.asked.contains(.followLog(id, worker: "w2", after: nil)))
    }

    @Test("on a warm worker the next training's log is read on from where the last one's ended")
    func warmWorker() {
        var stage = Stage.onWorker()
        stage.tell(Stage.bar(1500))
        let last = stage.now.description
        stage.complete(1)
        stage.train(2)
        stage.launch(2)
        stage.report(2, worker: "w1")
        #expect(stage.asked.contains(.followLog(Stage.attempt(2), worker: "w1", after: last)))
    }
}
