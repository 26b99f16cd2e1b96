import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("Cancelling")
struct CancellingTests {
    @Test("in the queue and during the preparation it ends at once, and the place goes to the next")
    func beforeSubmission() {
        var stage = Stage()
        stage.train(1, 2)
        stage.say(.cancel([JobID(1)]))
        #expect(stage.outcome(1) == .cancelled)
        #expect(stage.phase(2) == .preparing)
        stage.prepare(1)
        #expect(stage.submissions.isEmpty)
    }

    @Test("while the request is on its way the cancel leaves as soon as the id is known")
    func whileSubmitting() {
        var stage = Stage.submitting(1)
        #expect(stage.say(.cancel([JobID(1)]))?.isAccepted == true)
        stage.answer(1, .accepted(Stage.runpod(1), .inQueue))
        #expect(stage.phase(1) == .cancelling)
        #expect(stage.asks(.cancel(Stage.attempt(1))))
    }

    @Test("while it is uncertain the cancel leaves when the webhook names the id")
    func whileUncertain() {
        var stage = Stage.submitting(1)
        stage.answer(1, .uncertain("reset"))
        stage.say(.cancel([JobID(1)]))
        stage.webhook(1, .inProgress, runpod: Stage.runpod(1))
        #expect(stage.asks(.cancel(Stage.attempt(1))))
    }

    @Test("it is repeated until RunPod says that the job has ended, and its answer alone ends nothing")
    func repeated() {
        var stage = Stage.launched(1)
        stage.say(.cancel([JobID(1)]))
        stage.give(.cancelAnswered(Stage.attempt(1), .taken(RunPodObservation(state: .cancelled))))
        #expect(stage.phase(1) == .cancelling)
        stage.wait(15)
        #expect(stage.asks(.cancel(Stage.attempt(1))))
        stage.status(1, .cancelled)
        #expect(stage.outcome(1) == .cancelled)
        #expect(stage.asks(.version(Stage.attempt(1))))
    }

    @Test("a job that had finished before the cancel keeps its model")
    func finishedBefore() {
        var stage = Stage.launched(1)
        stage.say(.cancel([JobID(1)]))
        stage.complete(1)
        #expect(stage.outcome(1) == .completed)
    }

    @Test("everything at once: the queue is emptied, what is on its way is caught, and n of n are reported")
    func all() {
        var stage = Stage()
        stage.say(.setParallelism(2))
        stage.train(1, 2, 3)
        stage.launch(1)
        stage.prepare(2)
        let reply = stage.say(.cancelAll)
        #expect(
            reply?.text
                == "3 of 3: RunPod is asked to stop j1; j2 is stopped as soon as its id is known; j3 was cancelled before it was submitted"
        )
        #expect(stage.outcome(3) == .cancelled)
        #expect(stage.phase(1) == .cancelling)
        stage.answer(2, .accepted(Stage.runpod(2), .inQueue))
        #expect(stage.phase(2) == .cancelling)
    }

    @Test("what never left is cancelled in one sentence, and no word of RunPod is waited for")
    func sentence() {
        var stage = Stage()
        stage.train(1, 2)
        let events = stage.journal.count
        let reply = stage.say(.cancel([JobID(2)]))
        #expect(reply == .accepted(message: "j2 was cancelled before it was submitted", jobs: [JobID(2)], isTold: true))
        #expect(stage.journal.dropFirst(events).map(\.sentence) == ["j2: cancelled before it was submitted"])
    }

    @Test("a reply says whether events tell all of it")
    func told() {
        func isTold(_ reply: Reply?) -> Bool? { if case .accepted(_, _, let isTold) = reply { isTold } else { nil } }
        var stage = Stage()
        #expect(isTold(stage.train(1)) == true)
        // Why actor 1 is not queued again no event tells.
        #expect(isTold(stage.train(1, 2)) == false)
        #expect(isTold(stage.say(.refresh)) == false)
        #expect(isTold(stage.say(.setParallelism(2))) == true)
        #expect(isTold(stage.say(.setParallelism(2))) == false)
        #expect(isTold(stage.say(.hold)) == true)
    }

    @Test("a cancel that is turned away with a pause of 0 is no busy loop")
    func throttled() {
        var stage = Stage.launched(1)
        stage.say(.cancel([JobID(1)]))
        stage.give(.cancelAnswered(Stage.attempt(1), .throttled("busy", retryAfter: .seconds(0))))
        #expect(!stage.asks(.cancel(Stage.attempt(1))))
    }
}
