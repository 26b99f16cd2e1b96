import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@Suite("What a ledger keeps at hand")
struct LedgerSelectionTests {
    /// Any event for any attempt at any time: the state machine passes over what does not fit.
    private func anything(_ random: SeededRandom, among jobs: Int) -> Happening {
        func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        let job = 1 + pick(jobs + 1)
        let attempt = 1 + pick(3)
        let happenings: [Happening] = [
            .queued(jobs + 1, actor: 1 + pick(9)), .retried(job, attempt: attempt),
            .prepared(job, attempt: attempt, version: 1 + pick(99)),
            .intended(job, attempt: attempt), .accepted(job, attempt: attempt, "r\(job)-\(attempt)"),
            .uncertain(job, attempt: attempt),
            .observed(job, attempt: attempt, .inProgress), .ended(job, attempt: attempt, .completed),
            .ended(job, attempt: attempt, Outcome.allCases[pick(Outcome.allCases.count)]),
        ]
        let books: [Event] = [.versionSaved, .versionClosed, .modelRecorded, .versionVanished, .modelVanished, .booksConfirmed]
        let sample = Event.samples[pick(Event.samples.count)]
        switch pick(20) {
        case 0..<10: return happenings[pick(happenings.count)]
        case 10..<16: return Happening(books[pick(books.count)], job: JobID(job), attempt: attempt)
        default:
            // A job comes with the next number, and only so.
            if case .jobQueued = sample { return .queued(jobs + 1, actor: 1 + pick(9)) }
            return Happening(sample, job: JobID(job), attempt: attempt)
        }
    }

    @Test("is what a walk through all of its history finds, in the same order, whatever happens", arguments: 1...40)
    func walk(seed: UInt64) {
        let random = SeededRandom(seed: seed)
        var ledger = Ledger()
        var (mostOpen, settled) = (0, 0)
        for _ in 0..<600 {
            ledger.tell(anything(random, among: min(ledger.jobs.count, 25)))
            let all = ledger.jobs.flatMap(\.attempts)
            let unsettled = all.filter { !$0.isSettled }
            let open = ledger.jobs.map(\.latest).filter { !$0.phase.isDone }
            guard ledger.unsettledAttempts == unsettled, ledger.openAttempts == open else {
                Issue.record("seed \(seed): \(ledger.unsettledAttempts.map(\.id)) is kept, \(unsettled.map(\.id)) is found")
                return
            }
            mostOpen = max(mostOpen, unsettled.count)
            settled = max(settled, all.count - unsettled.count)
        }
        #expect(mostOpen > 3 && settled > 3)
    }

    @Test("holds an ended attempt until its version is closed and its model recorded, and again when they vanish")
    func books() {
        let id = AttemptID(job: JobID(1), number: 1)
        var ledger = Ledger(
            of: .queued(1, actor: 19), .prepared(1, version: 7), .intended(1), .accepted(1, "r"), .ended(1, .completed))
        func tell(_ event: Event) { ledger.tell(Happening(event, job: JobID(1), attempt: 1)) }
        #expect(ledger.openAttempts.isEmpty && ledger.unsettledAttempts.map(\.id) == [id])
        tell(.versionClosed)
        #expect(ledger.unsettledAttempts.map(\.id) == [id])
        tell(.modelRecorded)
        #expect(ledger.unsettledAttempts.isEmpty)
        tell(.modelVanished)
        #expect(ledger.unsettledAttempts.map(\.id) == [id])
        var failed = Ledger(of: .queued(1, actor: 19), .ended(1, .neverSubmitted))
        #expect(failed.unsettledAttempts.isEmpty)
        failed.tell(.retried(1, attempt: 2))
        #expect(failed.unsettledAttempts.map(\.id) == [AttemptID(job: JobID(1), number: 2)])
    }
}
