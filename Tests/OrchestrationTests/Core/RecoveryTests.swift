import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("After a crash, and with a journal that takes nothing")
struct RecoveryTests {
    @Test("a request without a recorded answer is uncertain, never planned")
    func submitting() {
        var stage = Stage.submitting(1)
        stage.restart(mayContinue: true)
        #expect(stage.phase(1) == .uncertain)
        #expect(stage.submissions.isEmpty)
    }

    @Test("after an unclean end planned jobs wait for a word, after a clean one they go on")
    func unclean() {
        var stage = Stage.launched(1, 2)
        stage.restart()
        #expect(stage.ledger.queue.hold?.cause == .uncleanEnd)
        #expect(stage.asks(.status(Stage.attempt(1))))
        stage.restart(mayContinue: true)
        #expect(stage.ledger.queue.hold == nil)
        var other = Stage.launched(1, 2)
        other.restart(cleanly: true)
        #expect(other.ledger.queue.hold == nil)
    }

    @Test("an answer that cannot be recorded is kept and recorded when the disk takes it again")
    func owedAnswer() {
        var stage = Stage.submitting(1)
        stage.journalFault = "no space"
        stage.answer(1, .accepted(Stage.runpod(1), .inQueue))
        #expect(stage.phase(1) == .submitting)
        stage.wait(60)
        #expect(stage.phase(1) == .submitting)
        stage.mendJournal(within: 20)
        #expect(stage.phase(1) == .waiting)
        #expect(stage.ledger[JobID(1)]?.latest.runpod == Stage.runpod(1))
    }

    @Test("while the journal takes nothing nothing is submitted, watching goes on, and it mends by itself")
    func fullDisk() {
        var stage = Stage.launched(1, 2)
        stage.journalFault = "no space"
        stage.status(1, .inProgress)
        #expect(stage.lines.last?.severity == .alarm)
        stage.wait(30)
        #expect(stage.asks(.status(Stage.attempt(1))))
        #expect(stage.train(3)?.isAccepted == false)
        stage.mendJournal(within: 60)
        #expect(stage.core.journalFault == nil)
        stage.complete(1)
        #expect(stage.phase(2) == .preparing)
    }

    @Test("an end that RunPod tells and that cannot be recorded is shown beside the last state")
    func endOnAFullDisk() {
        var stage = Stage.launched(1)
        stage.status(1, .inProgress)
        stage.journalFault = "no space"
        stage.status(1, .completed)
        #expect(stage.phase(1) == .training)
        #expect(stage.core.runtime.checks[Stage.attempt(1)]?.fault == "RunPod says COMPLETED, which the journal does not take")
        stage.status(1, .inProgress)
        #expect(stage.core.runtime.checks[Stage.attempt(1)]?.fault == nil)
    }

    @Test("what was read and cannot be recorded is not read in a circle while the journal takes nothing")
    func readingOnAFullDisk() {
        var stage = Stage()
        stage.train(1)
        stage.launch(1)
        stage.give(.versionWritten(Stage.attempt(1), .save, fault: nil))
        stage.journalFault = "no space"
        // Somebody has taken the training's version out of the list: that is an event.
        var casts = 0
        for _ in 0..<600 {
            if stage.asks(.cast) {
                casts += 1
                stage.give(.castRead(.success(Cast(actors: (1...4).map { .ready(ActorID($0)) }))))
            }
            stage.wait(1)
        }
        #expect((1...30).contains(casts))
    }

    @Test("a journal that takes nothing for an hour is tried in growing pauses, and told of once at each end")
    func growingPauses() {
        var stage = Stage.launched(1)
        stage.journalFault = "no space"
        stage.status(1, .inProgress)
        var tries = 0
        let end = stage.now + .hours(1)
        while stage.now < end {
            let due = stage.core.runtime.journalDue
            stage.wait(5)
            if stage.core.runtime.journalDue != due { tries += 1 }
        }
        #expect((10...18).contains(tries))
        #expect(stage.lines.count { $0.text.hasPrefix("the journal takes nothing") } == 1)
        stage.mendJournal(within: 300)
        #expect(stage.core.journalFault == nil)
        #expect(stage.count("engine.noted") == 1)
    }

    @Test("who reads the journal after a kill finds an order that was being sent in doubt, or by its webhook accepted")
    func cutOff() {
        var stage = Stage.submitting(1)
        var ledger = stage.ledger
        #expect(ledger.doubtWhatWasCutOff(at: stage.now) == [Stage.attempt(1)])
        #expect(ledger[JobID(1)]?.latest.phase.doubt == "the program ended between record and answer")
        #expect(ledger.sequence == stage.ledger.sequence)
        stage.webhook(1, .inProgress, runpod: Stage.runpod(1))
        ledger = stage.ledger
        #expect(ledger.doubtWhatWasCutOff(at: stage.now).isEmpty)
        #expect(ledger[JobID(1)]?.latest.runpod == Stage.runpod(1))
    }

    @Test("a preparation whose result could not be recorded begins again")
    func lostPreparation() {
        var stage = Stage()
        stage.train(1)
        stage.journalFault = "no space"
        stage.prepare(1)
        #expect(stage.submissions.isEmpty)
        stage.mendJournal(within: 20)
        #expect(stage.asks(.prepare(Stage.attempt(1))))
        stage.prepare(1)
        #expect(stage.submissions.count == 1)
    }

    @Test("a verification alone does not sleep for ever after a refused commit")
    func verifying() {
        var stage = Stage.launched(1)
        stage.status(1, .completed)
        stage.journalFault = "no space"
        stage.model(1, .there)
        #expect(stage.core.deadline(after: stage.now) != nil)
        stage.mendJournal(within: 30)
        #expect(stage.asks(.model(Stage.attempt(1))))
    }

    @Test("with a full disk a running training can still be stopped")
    func cancelUnrecorded() {
        var stage = Stage.launched(1)
        stage.journalFault = "no space"
        let reply = stage.say(.cancel([JobID(1)]))
        #expect(reply?.isAccepted == true && reply?.text.hasPrefix("RunPod was asked once to stop j1") == true)
        #expect(stage.asks(.cancel(Stage.attempt(1))))
    }

    @Test("a start that could not be recorded is made up for")
    func owedStart() {
        var stage = Stage.submitting(1)
        stage.journalFault = "read only"
        stage.restart()
        #expect(stage.phase(1) == .submitting)
        stage.mendJournal(within: 20)
        #expect(stage.phase(1) == .uncertain)
    }

    @Test("from the beginning of the end on nothing new is begun, and what comes back is recorded")
    func stopping() {
        var stage = Stage()
        stage.say(.setParallelism(2))
        stage.train(1, 2)
        stage.prepare(1)
        stage.give(.stopping)
        stage.prepare(2)
        #expect(stage.submissions == [stage.order(1)?.request])
        #expect(stage.phase(2) == .queued)
        stage.answer(1, .accepted(Stage.runpod(1), .inQueue))
        #expect(stage.train(3)?.isAccepted == false)
        #expect(stage.core.deadline(after: stage.now) == nil)
        stage.give(.stopped)
        #expect(stage.events.last == "engine.stopped")
        #expect(stage.ledger[JobID(1)]?.latest.runpod == Stage.runpod(1))
    }
}

extension Stage {
    /// The journal takes again what it is given; so many seconds pass, in which the core finds that out.
    fileprivate mutating func mendJournal(within seconds: Double) {
        journalFault = nil
        wait(seconds)
    }
}
