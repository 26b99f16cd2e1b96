public import Training

extension Event {
    /// Every kind of event, each with values that a careless coding would lose: small rates, slashes, quotes, other alphabets.
    public static let samples: [Event] = [
        .engineStarted(EngineStart(program: "actor-trainer 0.1", source: "demo", timeScale: 60)),
        .queueHeld(Hold(cause: .uncleanEnd, reason: "“3 planned jobs”, continue?\nPress c.")),
        .queueResumed,
        .parallelismSet(ParallelismSetting(value: 3)),
        .versionDismissed(Dismissal(actor: ActorID(7), version: "3c274376-7093-4316-9b76-fdcf1210a040-e2")),
        .goodMarked(GoodMark(actor: ActorID(19), version: VersionNumber(7), good: true)),
        .markWanted(GoodMark(actor: ActorID(19), version: VersionNumber(7), good: false)),
        .markRefused(
            MarkRefusal(mark: GoodMark(actor: ActorID(19), version: VersionNumber(7), good: true), reason: "no model “V7”")),
        .noted(Note(severity: .alarm, text: "\u{1B}[31m Ærø 日本 \\ /")),
        .jobQueued(QueuedJob(actor: ActorID(19), name: "0019_european_20_female", origin: .operator)),
        .attemptAdopted(Adoption(runpod: RunPodID("c165626f-e1"), versionName: "imported", startedAt: .sample)),
        .preparationStarted,
        .preparationPaused(Pause(reason: "the server does not answer", notBefore: .sample + .seconds(30))),
        .attemptPrepared(.sample),
        .submissionIntended(Intent(sending: 1)),
        .submissionUnsent(Pause(reason: "429", notBefore: .sample + .minutes(1))),
        .submissionUncertain(Doubt(reason: "the answer was lost")),
        .submissionAccepted(Acceptance(runpod: RunPodID("c165626f-0000-4000-8000-000000000000-u1"), evidence: "answer")),
        .versionSaved,
        .statusObserved(
            RunPodObservation(state: .inProgress, delayTime: 61_372, executionTime: 12, retries: 1, worker: "z3jr9rv2k3tt2y")),
        .attemptSeen(Sighting(at: .sample + .minutes(2))),
        .gpuIdentified(GPUFact(worker: "z3jr9rv2k3tt2y", gpu: "NVIDIA L40S", perHour: Money(microdollars: 1_908_001))),
        .trainingTimed(PhaseTimes(queue: .seconds(1), data: .seconds(61.5), training: .minutes(20))),
        .cancelRequested, .cancelTaken,
        .webhookReceived(
            WebhookNews(
                runpod: RunPodID("c165626f-e2"), state: .unknown("PAUSED"), address: "https://s3-accelerate.amazonaws.com/b/k",
                error: "CUDA out of memory")),
        .verificationStarted,
        .failureReported(Ending(outcome: .failed, at: .sample, reason: "job timed out after 1 retries")),
        .attemptEnded(
            Ending(
                outcome: .timedOut, at: .sample + .hours(1), reason: "ran over", model: "s3://bucket/actor_0019_V7.safetensors",
                unwatched: LastSign(at: .sample + .minutes(30), basis: .model))),
        .versionClosed,
        .modelRecorded,
        .versionVanished,
        .modelVanished,
        .booksConfirmed,
        .lateNews(Note(severity: .warning, text: "a completed message came after the end")),
        .attemptQueued(QueuedAttempt(reason: "asked", notBefore: .sample + .minutes(5), isAutomatic: true)),
        .engineStopped,
    ]
}

extension Timestamp {
    /// 2026-11-23T16:04:52.120Z.
    public static let sample = Timestamp(milliseconds: 1_795_449_892_120)
}

extension Order {
    public static let sample = Order.sample(for: ActorID(19), version: 7)

    /// An order whose names are those of an actor's version.
    public static func sample(for actor: ActorID, version: Int, request random: UInt64 = 0x9f3a_5c7e_1b2d_4f60) -> Order {
        let parameters = TrainingParameters.preset(images: 23, triggerToken: "0019_european_20_female")
        return Order(
            model: ModelName(actor: actor, version: VersionNumber(version)),
            request: RequestID(actor: actor, at: .sample, random: random), parameters: parameters, images: 23,
            workflowDigest: String(repeating: "ab", count: 32), payloadDigest: String(repeating: "cd", count: 32),
            endpoint: "abc123", expectation: Expectation(steps: parameters.maxTrainSteps, pricePerSecond: 0.00053), webhook: true)
    }
}

extension ActorID: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init(value) }
}

extension JobID: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init(value) }
}
