import EngineAPI
import Testing
import Training
import TrainingPorts

@testable import Orchestration

@Suite("What a training's worker tells")
struct FollowingTests {
    private let id = Stage.attempt(1)

    private func running(_ edit: (inout Policy) -> Void = { _ in }) -> Stage { .onWorker(edit) }

    private func line(_ stage: Stage, _ text: String) -> Input {
        .logLines(id, [WorkerLogLine(id: stage.now.description, source: "container", time: stage.now, line: text)])
    }

    private func bar(_ step: Int) -> String { "\rsteps:  1%|▏ | \(step)/1500 [00:00<20:00,  1.00it/s, avr_loss=0.3]" }

    @Test("nothing of it is asked for without the management API, nor while nothing runs")
    func quiet() {
        var plain = running { $0.managesEndpoint = false }
        plain.wait(600)
        #expect(!plain.asks(.account) && !plain.asks(.prices) && !plain.asks(.workers) && !plain.asks(.log(id)))
        var idle = Stage(
            policy: {
                var policy = Policy(); policy.managesEndpoint = true; return policy
            }())
        idle.wait(600)
        #expect(!idle.asks(.account) && !idle.asks(.prices) && idle.core.deadline(after: idle.now) == nil)
    }

    @Test("the GPU that it got is recorded once, and the price is that GPU's from then on")
    func gpu() {
        var stage = running()
        #expect(stage.asks(.account) && stage.asks(.log(id)))
        #expect(stage.ledger[id]?.pricePerHour == Money(microdollars: 1_116_000))
        stage.give(.pricesRead(.known(.published)))
        #expect(!stage.asks(.workers))
        stage.give(.endpointRead(.known(EndpointFacts(id: "e"))))
        #expect(stage.asks(.workers))
        let worker = WorkerFacts(id: "w1", status: "RUNNING", gpu: "NVIDIA L40S")
        stage.give(.workersRead(.known([WorkerFacts(id: "w0", gpu: "NVIDIA B200"), worker])))
        #expect(stage.ledger[id]?.gpu == GPUFact(worker: "w1", gpu: "NVIDIA L40S", perHour: Money(microdollars: 1_908_000)))
        #expect(stage.ledger.burnPerHour == Money(microdollars: 1_908_000))
        stage.wait(300)
        #expect(stage.count("gpu.identified") == 1 && !stage.asks(.workers))
    }

    @Test("a worker with four GPUs costs four times as much")
    func gpus() {
        var stage = running()
        stage.give(.pricesRead(.known(.published)))
        stage.give(.endpointRead(.known(EndpointFacts(id: "e", pools: ["ADA_48_PRO"], gpuCount: 4))))
        stage.give(.workersRead(.known([WorkerFacts(id: "w1", gpu: "NVIDIA L40S")])))
        #expect(stage.ledger[id]?.gpu?.perHour == Money(microdollars: 4 * 1_908_000))
        #expect(stage.ledger.burnPerHour == Money(microdollars: 4 * 1_908_000))
    }

    @Test("the next order is priced by the endpoint's pools, unless the operator set a price", arguments: [false, true])
    func outlook(isSet: Bool) {
        var stage = running {
            $0.isPriceSet = isSet
            $0.pricePerSecond = 0.5
        }
        #expect(stage.core.runtime.outlook == nil)
        stage.give(.pricesRead(.known(.published)))
        stage.give(.endpointRead(.known(EndpointFacts(id: "e", pools: ["AMPERE_48", "ADA_24"], gpuCount: 2))))
        #expect(stage.core.runtime.outlook?.range.upperBound == Money(microdollars: isSet ? 1_800_000_000 : 2 * 1_224_000))
        stage.complete(1)
        stage.train(2)
        stage.launch(2)
        let price = stage.ledger[Stage.attempt(2)]?.order?.expectation.pricePerSecond
        #expect(price.map { abs($0 - (isSet ? 0.5 : 0.00068)) < 1e-9 } == true)
    }

    @Test("prices and endpoint are asked for before anything runs, and not again for nothing")
    func early() {
        var policy = Policy()
        policy.managesEndpoint = true
        var idle = Stage(policy: policy)
        #expect(idle.core.runtime.underWay.isSuperset(of: [.prices, .endpoint]))
        idle.give(.pricesRead(.known(.published)))
        var told = idle
        told.give(.endpointRead(.known(EndpointFacts(id: "e"))))
        told.wait(3600)
        told.train(1)
        #expect(!told.asks(.prices) && !told.asks(.endpoint))
        // What was not told is asked again, but nobody wakes for that.
        idle.give(.endpointRead(.failed("no answer")))
        idle.now = idle.now + .seconds(100)
        idle.give(.time)
        #expect(!idle.asks(.endpoint))
        idle.now = idle.now + .hours(1)
        idle.train(1)
        #expect(idle.asks(.endpoint) && !idle.asks(.prices))
    }

    @Test("prices that cannot be read are stood in for by the published ones")
    func noPrices() {
        var stage = running()
        stage.give(.pricesRead(.refused("RunPod answered 401: no")))
        stage.give(.endpointRead(.refused("RunPod answered 401: no")))
        #expect(stage.asks(.workers))
        #expect(stage.lines.contains { $0.text.contains("stand in") && $0.severity == .warning })
    }

    @Test("its lines move progress, rate, loss and time left, stand in the log once for a twentieth, and never in the journal")
    func lines() throws {
        var stage = running()
        let events = stage.events
        stage.give(line(stage, "\u{1B}[34mINFO\u{1B}[0m caching latents..."))
        for step in stride(from: 0, through: 300, by: 5) {
            stage.now = stage.now + .seconds(6)
            stage.give(line(stage, bar(step)))
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

    private func heap(_ stage: Stage, _ texts: String...) -> Input {
        .logLines(id, texts.map { WorkerLogLine(id: $0, source: "container", time: stage.now, line: $0) })
    }

    @Test("lines that come together are all in the log, in their order, and make one progress")
    func heaps() {
        var stage = running()
        let decision = stage.core.deciding(heap(stage, "one", bar(5), "two", bar(10)), at: stage.now)
        let progress = decision.readings.filter { if case .progress = $0 { true } else { false } }
        #expect(progress.count == 1)
        stage.give(heap(stage, "one", bar(5), "two", bar(10)))
        #expect(stage.core.runtime.progress[id]?.progress.step == 10)
        #expect(stage.lines.filter { $0.attempt == id }.map(\.text).filter { !$0.hasPrefix("steps") } == ["one", "two"])
    }

    @Test("lines that were gathered when a training failed are shown: they say why; a progress of it is not")
    func lastWords() {
        var stage = running()
        stage.give(line(stage, bar(100)))
        stage.status(1, .failed)
        #expect(stage.phase(1) == .done)
        stage.give(heap(stage, bar(900), "RuntimeError: CUDA out of memory"))
        #expect(stage.lines.last { $0.attempt == id }?.text == "RuntimeError: CUDA out of memory")
        #expect(stage.core.runtime.progress[id]?.progress.step != 900)
    }

    @Test("lines of a worker that has lost the job move no progress on the next one")
    func lostWorker() {
        var stage = running()
        stage.give(line(stage, bar(100)))
        stage.report(1, worker: "w2")
        stage.give(heap(stage, bar(105), "Killed"))
        #expect(stage.core.runtime.progress[id]?.progress.step == 100)
        #expect(stage.lines.last { $0.attempt == id }?.text == "Killed")
    }

    @Test("lines of the past that come in a heap are timed by RunPod's clock, whatever ours says")
    func skew() throws {
        var stage = running()
        for step in stride(from: 0, through: 300, by: 5) {
            let told = stage.now + .seconds(Double(step) * 1.2 + 5000)
            stage.give(.logLines(id, [WorkerLogLine(id: "\(step)", source: nil, time: told, line: bar(step))]))
        }
        #expect(abs((stage.core.runtime.progress[id]?.rate ?? 0) - 1 / 1.2) < 1e-6)
    }

    @Test("an interrupted log goes on after the last line, one whose worker is gone is left")
    func ends() {
        var stage = running()
        stage.give(line(stage, "hello"))
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
        var stage = running()
        stage.give(line(stage, bar(1500)))
        let last = stage.now.description
        stage.complete(1)
        stage.train(2)
        stage.launch(2)
        stage.report(2, worker: "w1")
        #expect(stage.asked.contains(.followLog(Stage.attempt(2), worker: "w1", after: last)))
    }

    @Test("after a restart the steps of the training before, in the same heap, count for nothing")
    func trainingBefore() throws {
        var stage = running()
        let begin = stage.now
        func lines(_ steps: some Sequence<Int>, from seconds: Double) -> [WorkerLogLine] {
            steps.map { step in
                WorkerLogLine(
                    id: "\(seconds)-\(step)", source: nil, time: begin + .seconds(seconds + Double(step)), line: bar(step))
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
        var stage = running()
        stage.wait(60)
        for step in stride(from: 0, through: 1500, by: 10) {
            stage.now = stage.now + .seconds(15)
            stage.give(line(stage, bar(step)))
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

    @Test("the balance keeps its age when it cannot be read")
    func balance() {
        var stage = running()
        stage.give(.accountRead(.known(AccountFacts(balance: Money(microdollars: 5_000_000)))))
        let told = stage.now
        stage.wait(200)
        #expect(stage.asks(.account))
        stage.give(.accountRead(.failed("no answer")))
        #expect(
            stage.core.runtime.account
                == AccountReading(balance: Money(microdollars: 5_000_000), asOf: told, fault: "no answer"))
    }
}
