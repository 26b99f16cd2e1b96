import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("The queue")
struct QueueTests {
    @Test("two actors are trained one after the other, and both end with a model")
    func oneAfterTheOther() {
        var stage = Stage()
        stage.train(1, 2)
        #expect(stage.phase(1) == .preparing && stage.phase(2) == .queued)
        stage.launch(1)
        #expect(stage.phase(1) == .waiting && stage.phase(2) == .queued)
        stage.status(1, .inProgress)
        #expect(stage.phase(1) == .training)
        stage.complete(1)
        #expect(stage.outcome(1) == .completed)
        #expect(stage.phase(2) == .preparing)
        stage.launch(2)
        stage.complete(2)
        #expect(stage.outcome(2) == .completed)
    }

    @Test("with a parallelism of two both run at once")
    func twoAtOnce() {
        var stage = Stage()
        stage.say(.setParallelism(2))
        stage.train(1, 2, 3)
        #expect([1, 2, 3].map { stage.phase($0) } == [.preparing, .preparing, .queued])
    }

    @Test("a hold stops what is about to leave, and a resume lets it leave")
    func holdDuringPreparation() {
        var stage = Stage()
        stage.train(1)
        stage.say(.hold)
        stage.prepare(1)
        #expect(stage.submissions.isEmpty)
        #expect(stage.phase(1) == .queued)
        stage.say(.resume)
        stage.prepare(1)
        #expect(stage.submissions.count == 1)
    }

    @Test("an order in doubt keeps its place for as long as it may be running, and half as long again")
    func doubtTakesPlace() {
        var stage = Stage()
        stage.train(1, 2)
        stage.prepare(1)
        stage.answer(1, .uncertain("502"))
        let duration = stage.order(1)?.expectation.duration.inSeconds ?? 0
        stage.wait(duration * 1.4)
        #expect(stage.phase(1) == .uncertain && stage.phase(2) == .queued)
        stage.wait(duration * 0.2)
        stage.model(1, .absent)
        #expect(stage.phase(1) == .uncertain && stage.phase(2) == .preparing)
    }

    @Test("the second order in a row without a clear answer holds the queue, and says which to look for")
    func doubtsInARow() {
        var stage = Stage()
        stage.say(.setParallelism(3))
        stage.train(1, 2, 3, 4)
        stage.prepare(1)
        stage.prepare(2, random: 2)
        stage.answer(1, .uncertain("502"))
        #expect(stage.ledger.queue.hold == nil)
        stage.answer(2, .uncertain("502"))
        #expect(stage.ledger.queue.hold?.reason.contains("j1 and j2") == true)
        stage.prepare(3, random: 3)
        #expect(stage.submissions.isEmpty && stage.phase(3) == .queued)
    }

    @Test("an order that was answered in between ends the row of doubts")
    func doubtsApart() {
        var stage = Stage()
        stage.say(.setParallelism(3))
        stage.train(1, 2, 3)
        for (job, answer) in [
            (1, SubmissionAnswer.uncertain("502")), (2, .accepted(Stage.runpod(2), .inQueue)), (3, .uncertain("502")),
        ] {
            stage.wait(1)
            stage.prepare(job, random: UInt64(job))
            stage.answer(job, answer)
        }
        #expect(stage.phase(3) == .uncertain && stage.ledger.queue.hold == nil)
    }

    @Test("one actor named twice gets one job")
    func namedTwice() {
        var stage = Stage()
        let reply = stage.train(1, 1)
        #expect(reply?.isAccepted == true)
        #expect(stage.ledger.jobs.count == 1)
    }

    @Test("before the actors were read nobody is called unknown")
    func notReadYet() {
        var stage = Stage(actors: [])
        stage.restart(cast: [])
        var core = EngineCore(ledger: Ledger(), policy: Policy(), digester: PlainDigester())
        core =
            core.deciding(.started(EngineStart(program: "t", source: "t", timeScale: 1), mayContinue: false), at: stage.now).next
        let envelope = CommandEnvelope(id: "c", by: "operator", command: .train(actors: [1], origin: .operator, override: false))
        #expect(core.deciding(.command(envelope), at: stage.now).reply?.text.contains("not been read yet") == true)
    }

    @Test("whom somebody else has trained meanwhile is not trained again, unless that was wanted", arguments: [false, true])
    func trainedMeanwhile(override: Bool) {
        var stage = Stage()
        stage.say(.train(actors: [1], origin: .operator, override: override))
        stage.prepare(1, versions: [VersionRecord(id: "somebody-e1", name: "V1", status: .completed)])
        if override {
            #expect(stage.phase(1) == .submitting && stage.order(1)?.model.version == VersionNumber(2))
        } else {
            #expect(stage.ledger[JobID(1)]?.latest.phase.ending?.reason == "not submitted: V1 awaits a verdict")
            #expect(stage.submissions.isEmpty)
        }
    }

    @Test("a command that comes twice is done once and answered the same")
    func commandTwice() {
        var stage = Stage()
        let envelope = CommandEnvelope(
            id: "same", by: "operator", command: .train(actors: [1], origin: .operator, override: false))
        let first = stage.give(.command(envelope))
        #expect(stage.give(.command(envelope)) == first)
        #expect(stage.ledger.jobs.count == 1)
    }

    @Test("a command for a phase that has passed is refused")
    func stalePhase() {
        var stage = Stage.launched(1)
        #expect(stage.say(.cancel([JobID(1)]), expects: .queued)?.isAccepted == false)
        #expect(stage.phase(1) == .waiting)
    }

    @Test("a read-only engine changes nothing and reads all")
    func readOnly() {
        var policy = Policy()
        policy.isReadOnly = true
        var stage = Stage(policy: policy)
        #expect(stage.train(1)?.isAccepted == false)
        #expect(stage.say(.refresh)?.isAccepted == true)
        #expect(stage.asks(.cast))
    }

    @Test("with nothing open there is no deadline")
    func noDeadline() {
        var stage = Stage()
        #expect(stage.core.deadline(after: stage.now) == nil)
        stage.train(1)
        stage.launch(1)
        #expect(stage.core.deadline(after: stage.now) != nil)
    }

    @Test("a pause that lies further ahead than any pause may last does not block a job for ever")
    func wrongClock() {
        var stage = Stage.submitting(1)
        stage.answer(1, .unsent("no route"))
        stage.now = stage.now + .hours(-6)
        stage.restart(mayContinue: true)
        #expect(stage.phase(1) == .preparing)
    }
}
