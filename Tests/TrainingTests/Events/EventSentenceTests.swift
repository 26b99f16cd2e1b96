import Testing
import Training
import TrainingTestSupport

@Suite("Events in words")
struct EventSentenceTests {
    private static let time = Timestamp(milliseconds: 1_795_449_892_120)

    private func record(_ event: Event, job: Int? = nil, attempt: Int? = nil) -> EventRecord {
        EventRecord(
            sequence: 1, time: Self.time, id: "e", cause: nil, by: "engine", job: job.map { JobID($0) }, attempt: attempt,
            event: event)
    }

    @Test(
        "one sentence for each event",
        arguments: [
            (
                Event.engineStarted(EngineStart(program: "actor-trainer 0.1", source: "demo", timeScale: 60)),
                "actor-trainer 0.1 started on demo, simulated at ×60"
            ),
            (.engineStarted(EngineStart(program: "a", source: "b", timeScale: 1)), "a started on b"),
            (.queueHeld(Hold(cause: .asked, reason: "asked for")), "the queue is held: asked for"),
            (.parallelismSet(ParallelismSetting(value: 1)), "1 training may run at once"),
            (.goodMarked(GoodMark(actor: ActorID(19), version: VersionNumber(7), good: true)), "actor_0019_V7 was marked good"),
            (.jobQueued(QueuedJob(actor: ActorID(5), name: "n", origin: .automatic)), "n was queued by the program's own choice"),
            (.submissionIntended(Intent(sending: 1)), "is sent to RunPod"),
            (.submissionIntended(Intent(sending: 3)), "is sent to RunPod, for the 3rd time"),
            (.submissionIntended(Intent(sending: 12)), "is sent to RunPod, for the 12th time"),
            (.submissionUnsent(Pause(reason: "429", notBefore: time)), "was not sent: 429; sent again after 16:04"),
            (
                .statusObserved(RunPodObservation(state: .inProgress, retries: 1, worker: "w")),
                "RunPod says IN_PROGRESS on worker w, given to a worker again (1 retry)"
            ),
            (.webhookReceived(WebhookNews(runpod: nil, state: nil, error: "boom")), "a webhook says nothing of a state: boom"),
            (
                .attemptEnded(Ending(outcome: .timedOut, at: time, reason: "ran over", model: "s3://b/k")),
                "timed out: model at s3://b/k; ran over"
            ),
            (.attemptEnded(Ending(outcome: .cancelled, at: time)), "cancelled"),
            (
                .attemptEnded(Ending(outcome: .cancelled, at: time, reason: "cancelled before it was submitted")),
                "cancelled before it was submitted"
            ),
            (
                .attemptEnded(
                    Ending(outcome: .completed, at: time, model: "s3://b/k", unwatched: LastSign(at: time, basis: .model))),
                "completed: model at s3://b/k; it ended while nobody watched, ~16:04"
            ),
            (
                .attemptEnded(Ending(outcome: .lost, at: time, reason: "gone", unwatched: LastSign(at: time, basis: .seen))),
                "lost: gone; nobody watched its end, last seen ~16:04"
            ),
            (
                .statusObserved(RunPodObservation(state: .gone, worker: "w")),
                "RunPod does not know it now; its model, its webhook or its limits will tell how it ended"
            ),
        ])
    func sentences(event: Event, sentence: String) {
        #expect(event.sentence == sentence)
    }

    @Test("a record names its subject, and the attempt from the second on")
    func subjects() {
        #expect(record(.queueResumed).sentence == "the queue moves again")
        #expect(record(.cancelRequested, job: 3, attempt: 1).sentence.hasPrefix("j3: a cancel"))
        #expect(record(.versionSaved, job: 3, attempt: 2).sentence == "j3.2: the version was saved with the actor")
    }

    @Test("what needs a person is loud")
    func severities() {
        #expect(record(.submissionUncertain(Doubt(reason: "")), job: 1, attempt: 1).severity == .alarm)
        #expect(record(.attemptEnded(Ending(outcome: .lost, at: Self.time))).severity == .alarm)
        #expect(record(.attemptEnded(Ending(outcome: .failed, at: Self.time))).severity == .warning)
        #expect(record(.queueHeld(Hold(cause: .asked, reason: ""))).severity == .info)
        #expect(record(.queueHeld(Hold(cause: .failures, reason: ""))).severity == .warning)
    }

    @Test("times of day are UTC")
    func times() {
        #expect(Self.time.minuteText == "16:04" && Self.time.secondText == "16:04:52")
    }
}
