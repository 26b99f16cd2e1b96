import Testing
import TrainingTestSupport

@testable import Training

@Suite("An attempt's life")
struct AttemptTests {
    private func time(_ minutes: Double) -> Timestamp { .sample + .minutes(minutes) }

    private func attempt(_ happenings: [Happening]) throws -> Attempt {
        var ledger = Ledger()
        for happening in happenings { ledger.tell(happening) }
        return try #require(ledger[JobID(1)]).latest
    }

    private func event(_ event: Event, at minutes: Double = 0) -> Happening {
        Happening(event, job: JobID(1), attempt: 1, at: time(minutes))
    }

    private let submitted: [Happening] = [.queued(1, actor: 19), .prepared(1, version: 7), .intended(1)]

    @Test("goes from the queue to its model, and keeps when each thing happened")
    func straight() throws {
        var happenings: [Happening] = [.queued(1, actor: 19)]
        func phase() throws -> PhaseName {
            let now = try attempt(happenings)
            return now.phase.name
        }
        #expect(try phase() == .queued)
        happenings.append(event(.preparationStarted, at: 1))
        #expect(try phase() == .preparing)
        happenings += [.prepared(1, version: 7), event(.submissionIntended(Intent(sending: 1)), at: 2)]
        #expect(try phase() == .submitting)
        happenings.append(event(.submissionAccepted(Acceptance(runpod: RunPodID("r"), evidence: "answer")), at: 3))
        #expect(try phase() == .waiting)
        happenings += [event(.versionSaved, at: 3), .observed(1, .inProgress, at: time(8))]
        #expect(try phase() == .training)
        happenings += [.observed(1, .completed, at: time(40)), event(.verificationStarted, at: 40)]
        #expect(try phase() == .verifying)
        happenings.append(event(.attemptEnded(Ending(outcome: .completed, at: time(41), model: "s3://b/k")), at: 41))
        let done = try attempt(happenings)
        #expect(done.phase == .done(Ending(outcome: .completed, at: time(41), model: "s3://b/k")))
        #expect(done.submittedAt == time(2))
        #expect(done.acceptedAt == time(3))
        #expect(done.startedAt == time(8))
        #expect(done.endedAt == time(41))
        #expect(done.version == VersionNumber(7))
        #expect(done.runpod == RunPodID("r"))
        #expect(done.bookkeeping.versionSaved && !done.bookkeeping.versionClosed && !done.bookkeeping.modelRecorded)
        #expect(done.elapsed(at: time(100)) == .minutes(39))
    }

    @Test("goes back to the queue, with a pause, when its request left no byte or it could not be prepared")
    func pauses() throws {
        let unsent = try attempt(submitted + [event(.submissionUnsent(Pause(reason: "429", notBefore: time(5))), at: 1)])
        #expect(unsent.phase == .queued(since: .sample, notBefore: time(5)))
        #expect(unsent.order?.model.version == VersionNumber(7))
        let paused = try attempt([
            .queued(1, actor: 19), event(.preparationStarted),
            event(.preparationPaused(Pause(reason: "no server", notBefore: time(5)))),
        ])
        #expect(paused.phase.name == .queued)
        let again = try attempt(
            submitted + [
                event(.submissionUnsent(Pause(reason: "429", notBefore: time(5)))),
                event(.submissionIntended(Intent(sending: 2)), at: 6),
            ])
        #expect(again.phase == .submitting(since: time(6), sending: 2))
        #expect(again.sendings == 2)
    }

    @Test("whose answer was lost is uncertain until something is known of it")
    func uncertain() throws {
        let lost = submitted + [event(.submissionUncertain(Doubt(reason: "timeout")), at: 1)]
        #expect(try attempt(lost).phase == .uncertain(since: time(1), reason: "timeout"))
        #expect(try attempt(lost + [.accepted(1, "r")]).phase.name == .waiting)
        #expect(try attempt(lost + [.observed(1, .inProgress)]).phase.name == .training)
        #expect(try attempt(lost + [.observed(1, .inQueue)]).phase.name == .waiting)
        #expect(try attempt(lost + [event(.verificationStarted)]).phase.name == .verifying)
        #expect(try attempt(lost + [.ended(1, .neverSubmitted)]).outcome == .neverSubmitted)
        #expect(!(try attempt(lost)).phase.isInFlight)
    }

    @Test("that is given to another worker waits again, and keeps its first start")
    func givenAgain() throws {
        let again = try attempt(
            submitted + [
                .accepted(1, "r"), .observed(1, .inProgress, at: time(1)), .observed(1, .inQueue, at: time(5)),
                .observed(1, .inProgress, at: time(9)),
            ])
        #expect(again.phase == .training(since: time(9)))
        #expect(again.startedAt == time(1))
    }

    @Test("goes on for words of RunPod's that nobody knows")
    func unknownWords() throws {
        let odd = try attempt(submitted + [.accepted(1, "r"), .observed(1, .inProgress), .observed(1, .unknown("PAUSED"))])
        #expect(odd.phase.name == .training)
        #expect(odd.observed?.state == .unknown("PAUSED"))
    }

    @Test("that is cancelled stays so until its end, also when the acceptance or a start comes later")
    func cancelling() throws {
        let running = submitted + [.accepted(1, "r"), .observed(1, .inProgress)]
        let cancelled = try attempt(running + [event(.cancelRequested, at: 5), event(.cancelRequested, at: 6)])
        #expect(cancelled.phase == .cancelling(since: time(5)))
        #expect(cancelled.cancelRequestedAt == time(5))
        #expect(
            try attempt(running + [event(.cancelRequested), .observed(1, .inProgress), .observed(1, .inQueue)]).phase.name
                == .cancelling)
        #expect(try attempt(submitted + [event(.cancelRequested), .accepted(1, "r")]).phase.name == .cancelling)
        #expect(try attempt(submitted + [event(.cancelRequested)]).phase.name == .submitting)
        // It had finished before the cancel came.
        #expect(try attempt(running + [event(.cancelRequested), event(.verificationStarted)]).phase.name == .verifying)
    }

    /// Everything that could come about an attempt.
    private static let everything: [Event] =
        Event.samples.filter { event in
            switch event {
            case .jobQueued, .attemptQueued: false
            default: true
            }
        }

    @Test("that has ended is changed by nothing that comes late, doubled or early", arguments: Outcome.allCases)
    func final(outcome: Outcome) throws {
        let ended = submitted + [.accepted(1, "r"), .observed(1, .inProgress, at: time(1)), .ended(1, outcome, at: time(9))]
        let before = try attempt(ended)
        for event in AttemptTests.everything {
            let after = try attempt(ended + [self.event(event, at: 20)])
            #expect(after.phase == before.phase, "\(event.name)")
            #expect(
                after.runpod == before.runpod && after.order == before.order && after.startedAt == before.startedAt,
                "\(event.name)")
            #expect(after.observed == before.observed && after.cancelRequestedAt == before.cancelRequestedAt, "\(event.name)")
        }
    }

    @Test("keeps what is written for others, and late news, after its end")
    func afterwards() throws {
        let ended = submitted + [.ended(1, .completed)]
        let told = try attempt(
            ended + [
                event(.versionSaved), event(.versionClosed), event(.modelRecorded),
                event(.lateNews(Note(severity: .warning, text: "late"))),
            ])
        #expect(told.bookkeeping.versionSaved && told.bookkeeping.versionClosed && told.bookkeeping.modelRecorded)
        #expect(told.lateNews == ["late"])
        let gone = try attempt(
            ended + [
                event(.versionSaved), event(.versionClosed), event(.modelRecorded), event(.versionVanished),
                event(.modelVanished),
            ])
        #expect(gone.bookkeeping == Attempt.Bookkeeping())
    }

    @Test(
        "that is on RunPod is not put back by a message about its submission that comes late or doubled",
        arguments: [
            Event.submissionUnsent(Pause(reason: "429", notBefore: .sample)),
            .submissionUncertain(Doubt(reason: "the answer was lost")),
            .preparationStarted, .preparationPaused(Pause(reason: "x", notBefore: .sample)),
            .submissionAccepted(Acceptance(runpod: RunPodID("r"), evidence: "webhook")),
            .webhookReceived(WebhookNews(runpod: RunPodID("r"), state: .failed)),
        ])
    func lateSubmission(event: Event) throws {
        let training = submitted + [.accepted(1, "r"), .observed(1, .inProgress, at: time(1))]
        #expect(try attempt(training + [self.event(event, at: 5)]).phase == .training(since: time(1)))
        // An early webhook has told of the acceptance before the answer came.
        let early = submitted + [.accepted(1, "r")]
        #expect(try attempt(early + [self.event(event, at: 5)]).phase.name == .waiting)
    }

    @Test("takes a place while it may cost money, and none while it waits, is in doubt or has ended")
    func places() {
        let phases: [(AttemptPhase, Bool)] = [
            (.queued(since: .sample), false), (.preparing(since: .sample), true), (.submitting(since: .sample, sending: 1), true),
            (.uncertain(since: .sample, reason: ""), false), (.waiting(since: .sample), true), (.training(since: .sample), true),
            (.cancelling(since: .sample), true), (.verifying(since: .sample), true),
            (.done(Ending(outcome: .failed, at: .sample)), false),
        ]
        #expect(Set(phases.map(\.0.name)) == Set(PhaseName.allCases))
        for (phase, takesPlace) in phases { #expect(phase.isInFlight == takesPlace, "\(phase.name)") }
    }
}
