import Training

/// A ledger to which things happen, a minute after each other.
struct Story {
    var ledger = Ledger()
    var now = Timestamp(milliseconds: 1_760_000_000_000)
    var job = JobID(1)

    @discardableResult
    mutating func happens(_ event: Event) -> EventRecord {
        let record = EventRecord(
            sequence: ledger.sequence + 1, time: now, id: "e\(ledger.sequence + 1)", cause: nil, by: "engine", job: job,
            attempt: 1,
            event: event)
        ledger.apply(record)
        if case .statusObserved = event { now = now + .minutes(1) }
        if case .submissionIntended = event { now = now + .minutes(1) }
        return record
    }

    static let order = Order(
        model: ModelName(actor: ActorID(19), version: VersionNumber(7)), request: RequestID(rawValue: "actor_0019_1_2"),
        parameters: .preset(images: 23, triggerToken: "0019_european_20_female"), images: 23, workflowDigest: "w",
        payloadDigest: "p",
        endpoint: "endpoint", expectation: Expectation(steps: 2000, pricePerSecond: 0.00031), webhook: true)

    /// All that happens to a job that goes well, after it was queued.
    static let completed: [Event] = [
        .preparationStarted, .attemptPrepared(order), .submissionIntended(Intent(sending: 1)),
        .submissionAccepted(Acceptance(runpod: RunPodID("abc-u1"), evidence: "answer")), .versionSaved,
        .statusObserved(RunPodObservation(state: .inQueue)),
        .statusObserved(RunPodObservation(state: .inProgress, delayTime: 320_165)),
        .statusObserved(RunPodObservation(state: .completed, delayTime: 320_165, executionTime: 1_558_769)), .verificationStarted,
        .attemptEnded(
            Ending(
                outcome: .completed, at: Timestamp(milliseconds: 1_760_000_240_000),
                model: "s3://models/actor_0019_V7.safetensors")),
    ]
}
