import Testing
import Training
import TrainingTestSupport

@Suite("The ledger")
struct LedgerTests {
    private func record(_ sequence: Int, _ happening: Happening) -> EventRecord {
        EventRecord(
            sequence: sequence, time: happening.time, id: "\(sequence)", cause: nil, by: "engine", job: happening.job,
            attempt: happening.attempt, event: happening.event)
    }

    @Test("is the same however often an event comes, and whatever older one comes late")
    func doubled() {
        let story: [Happening] = [
            .queued(1, actor: 19), .prepared(1, version: 7), .intended(1), .accepted(1, "r"), .observed(1, .inProgress),
            .ended(1, .failed),
            .retried(1, attempt: 2),
        ]
        let records = story.enumerated().map { record($0.offset + 1, $0.element) }
        var once = Ledger()
        for record in records { once.apply(record) }
        var often = Ledger()
        for (index, record) in records.enumerated() {
            often.apply(record)
            for earlier in records[...index] { often.apply(earlier) }
        }
        #expect(once == often)
        #expect(once.sequence == 7)
        #expect(once[JobID(1)]?.attempts.count == 2)
    }

    @Test("folds the samples of all events without losing its place")
    func samples() {
        var ledger = Ledger()
        for (index, event) in Event.samples.enumerated() {
            ledger.apply(record(index + 1, Happening(event, job: JobID(1), attempt: 1)))
        }
        #expect(ledger.sequence == Event.samples.count)
        #expect(ledger.jobs.count == 1)
        #expect(ledger[JobID(1)]?.attempts.map(\.phase.name) == [.done, .queued])
        #expect(ledger.endedCleanly)
    }

    @Test("gives a retry its own attempt and leaves the first as it was")
    func retries() throws {
        var ledger = Ledger(of: .queued(1, actor: 19), .prepared(1, version: 7), .ended(1, .failed))
        let first = try #require(ledger[AttemptID(job: JobID(1), number: 1)])
        ledger.tell(.retried(1, attempt: 2))
        ledger.tell(.prepared(1, attempt: 2, version: 8))
        #expect(ledger[AttemptID(job: JobID(1), number: 1)] == first)
        #expect(ledger[AttemptID(job: JobID(1), number: 2)]?.version == VersionNumber(8))
        #expect(ledger.versions(of: ActorID(19)).map(\.number) == [7, 8])
        #expect(ledger[JobID(1)]?.isDone == false)
        #expect(ledger.openAttempt(of: ActorID(19))?.id == AttemptID(job: JobID(1), number: 2))
        // News about the first attempt does not touch the second.
        ledger.tell(.ended(1, attempt: 1, .completed))
        #expect(ledger[JobID(1)]?.latest.phase.name == .queued)
        #expect(ledger[AttemptID(job: JobID(1), number: 1)] == first)
    }

    @Test("numbers jobs from 1 in the order in which they were queued, and finds them and their requests")
    func finding() {
        let ledger = Ledger(
            of: .queued(1, actor: 19), .queued(2, actor: 7), .prepared(2, actor: 7, version: 1), .queued(3, actor: 5),
            .ended(1, .cancelled))
        #expect(ledger.jobs.map(\.id) == [1, 2, 3].map { JobID($0) })
        #expect(ledger.nextJob == JobID(4))
        #expect(ledger[JobID(4)] == nil && ledger[JobID(0)] == nil)
        #expect(ledger.openAttempts.map(\.actor) == [ActorID(7), ActorID(5)])
        #expect(ledger.openAttempt(of: ActorID(19)) == nil)
        let request = ledger[JobID(2)]?.latest.order?.request
        #expect(request.flatMap { ledger.attempt(withRequest: $0)?.id } == AttemptID(job: JobID(2), number: 1))
        #expect(ledger.attempt(withRequest: RequestID(rawValue: "x")) == nil)
    }

    @Test("passes over what is about no job that it knows")
    func strangers() {
        var ledger = Ledger(of: .queued(1, actor: 19))
        let before = ledger
        for happening: Happening in [
            .ended(2, .failed), .ended(1, attempt: 2, .failed), .ended(1, attempt: 0, .failed), .retried(9, attempt: 2),
        ] {
            ledger.tell(happening)
        }
        ledger.apply(.cancelRequested, job: nil, attempt: nil, at: .sample)
        ledger.apply(.jobQueued(QueuedJob(actor: ActorID(7), name: "x", origin: .automatic)), job: nil, attempt: nil, at: .sample)
        #expect(ledger == before)
    }

    @Test("keeps hold, parallelism and whether the last run said goodbye")
    func queue() {
        var ledger = Ledger()
        #expect(ledger.queue.parallelism == 1 && ledger.queue.hold == nil && ledger.endedCleanly)
        func tell(_ event: Event) { ledger.apply(event, job: nil, attempt: nil, at: .sample) }
        tell(.engineStarted(EngineStart(program: "p", source: "demo", timeScale: 1)))
        tell(.parallelismSet(ParallelismSetting(value: 3)))
        tell(.queueHeld(Hold(cause: .rejected, reason: "the key is wrong")))
        #expect(ledger.queue.parallelism == 3 && ledger.queue.hold?.cause == .rejected && !ledger.endedCleanly)
        tell(.queueResumed)
        tell(.engineStopped)
        #expect(ledger.queue.hold == nil && ledger.endedCleanly)
    }

    @Test("counts failures of one kind in a row, until a model or the operator ends the row")
    func streaks() {
        var ledger = Ledger()
        func fail(_ job: Int, _ actor: Int, _ outcome: Outcome) {
            ledger.tell(.queued(job, actor: actor))
            ledger.tell(.ended(job, outcome))
        }
        fail(1, 1, .rejected)
        fail(2, 2, .rejected)
        #expect(ledger.queue.streak?.count == 2)
        // A doubled end counts once; a cancel says nothing.
        ledger.tell(.ended(2, .rejected))
        fail(3, 3, .cancelled)
        #expect(ledger.queue.streak?.count == 2)
        fail(4, 4, .lost)
        #expect(ledger.queue.streak == nil || ledger.queue.streak?.count == 1)
        fail(5, 5, .completed)
        #expect(ledger.queue.streak == nil)
        fail(6, 6, .rejected)
        ledger.apply(.queueResumed, job: nil, attempt: nil, at: .sample)
        #expect(ledger.queue.streak == nil)
    }
}
