import Testing
import Training
import TrainingTestSupport

@Suite("RunPod's bills beside our own sum")
struct BillCheckTests {
    private let start = Timestamp(milliseconds: 1_800_000_000_000)

    private func cents(_ value: Int64) -> Money { Money(microdollars: value * 10_000) }

    /// Two trainings at `e1` and one at another endpoint, a thousand seconds each.
    private func ledger() -> Ledger {
        var ledger = Ledger()
        for (job, endpoint) in [(1, "e1"), (2, "https://api.example/v2/e1"), (3, "e2")] {
            func happen(_ event: Event) { ledger.apply(event, job: JobID(job), attempt: 1, at: start + .hours(Double(job))) }
            happen(.jobQueued(QueuedJob(actor: ActorID(job), name: "a", origin: .operator)))
            happen(.preparationStarted)
            happen(
                .attemptPrepared(
                    Order(
                        model: ModelName(actor: ActorID(job), version: VersionNumber(1)), request: RequestID(rawValue: "r\(job)"),
                        parameters: .preset(images: 17, triggerToken: "t"), images: 17, workflowDigest: "", payloadDigest: "",
                        endpoint: endpoint, expectation: Expectation(steps: 1000, pricePerSecond: 0.001), webhook: true)))
            happen(.submissionIntended(Intent(sending: 1)))
            happen(.submissionAccepted(Acceptance(runpod: RunPodID("rp\(job)"), evidence: "answer")))
            happen(.statusObserved(RunPodObservation(state: .completed, executionTime: 1_000_000)))
            happen(.attemptEnded(Ending(outcome: .completed, at: start + .hours(Double(job)))))
        }
        return ledger
    }

    @Test("our own are those at the endpoint, however it is written, since the bills began")
    func own() {
        let all = OwnSum(of: ledger(), at: "e1", since: start, now: start + .hours(9))
        #expect(all.trainings == 2 && all.total == cents(200) && all.unpriced == 0)
        #expect(OwnSum(of: ledger(), at: "e1", since: start + .hours(2), now: start + .hours(9)).trainings == 1)
    }

    @Test("are told with what they are made of, and without our sum where somebody else has the journal")
    func told() {
        let bills = [BillCheck.Bill(total: cents(150), disk: cents(10), fee: cents(0)), .init(total: cents(75))]
        let own = OwnSum(of: ledger(), at: "e1", since: start, now: start + .hours(9))
        let finding = BillCheck(days: 7, bills: .known(bills), own: own).finding
        #expect(finding.severity == .note && finding.code == "runpod.bills")
        #expect(
            finding.sentence
                == "in the last 7 days RunPod billed $2.25 (disk $0.10) for the endpoint, whoever used it; our 2 trainings there come to $2.00, by execution time and list price, starts and idle not in"
        )
        #expect(BillCheck(days: 7, bills: .known([]), own: nil).finding.sentence.contains("billed $0.00 for"))
        #expect(BillCheck(days: 7, bills: .notChecked("RunPod answered 403"), own: own).finding.severity == .skipped)
    }
}
