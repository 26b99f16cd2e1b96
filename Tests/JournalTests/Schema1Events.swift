import Training
import TrainingTestSupport

private let time = Timestamp(milliseconds: 1_795_449_892_120)

/// The events that the fixture of schema 1 holds, one job with all that could happen to it then. Never changed, whatever is added to events.
let schema1Events: [Event] = [
    .engineStarted(EngineStart(program: "actor-trainer 0.1", source: "demo", timeScale: 60)),
    .queueHeld(Hold(cause: .uncleanEnd, reason: "“3 planned jobs”, continue?\nPress c.")),
    .queueResumed,
    .parallelismSet(ParallelismSetting(value: 3)),
    .versionDismissed(Dismissal(actor: ActorID(7), version: "3c274376-7093-4316-9b76-fdcf1210a040-e2")),
    .goodMarked(GoodMark(actor: ActorID(19), version: VersionNumber(7), good: true)),
    .noted(Note(severity: .alarm, text: "\u{1B}[31m Ærø 日本 \\ /")),
    .jobQueued(QueuedJob(actor: ActorID(19), name: "0019_european_20_female", origin: .operator)),
    .preparationStarted,
    .preparationPaused(Pause(reason: "the server does not answer", notBefore: time + .seconds(30))),
    .attemptPrepared(
        Order(
            model: ModelName(actor: ActorID(19), version: VersionNumber(7)),
            request: RequestID(rawValue: "actor_0019_1795449892120_9f3a5c7e1b2d4f60"),
            parameters: TrainingParameters(
                learningRate: 0.00025, maxTrainSteps: 2000, networkDim: 16, networkAlpha: 8,
                classTokens: "0019_european_20_female",
                batchSize: 1, numRepeats: 2, lrScheduler: "cosine", lrWarmupSteps: 400, optimizerType: "adamw8bit",
                gradientDtype: "bf16", saveDtype: "bf16"),
            images: 23, workflowDigest: String(repeating: "ab", count: 32), payloadDigest: String(repeating: "cd", count: 32),
            endpoint: "abc123",
            expectation: Expectation(
                duration: Seconds(milliseconds: 1_920_000), executionTimeout: Seconds(milliseconds: 5_760_000),
                timeToLive: Seconds(milliseconds: 27_360_000), pricePerSecond: 0.00053),
            webhook: true)),
    .submissionIntended(Intent(sending: 1)),
    .submissionUnsent(Pause(reason: "429", notBefore: time + .minutes(1))),
    .submissionUncertain(Doubt(reason: "the answer was lost")),
    .submissionAccepted(Acceptance(runpod: RunPodID("c165626f-0000-4000-8000-000000000000-u1"), evidence: "answer")),
    .versionSaved,
    .statusObserved(
        RunPodObservation(state: .inProgress, delayTime: 61_372, executionTime: 12, retries: 1, worker: "z3jr9rv2k3tt2y")),
    .cancelRequested,
    .webhookReceived(
        WebhookNews(
            runpod: RunPodID("c165626f-e2"), state: .unknown("PAUSED"), address: "https://s3-accelerate.amazonaws.com/b/k",
            error: "CUDA out of memory")),
    .verificationStarted,
    .attemptEnded(
        Ending(
            outcome: .timedOut, at: time + .hours(1), reason: "ran over", model: "s3://bucket/actor_0019_V7.safetensors")),
    .versionClosed,
    .modelRecorded,
    .lateNews(Note(severity: .warning, text: "a completed message came after the end")),
    .attemptQueued(QueuedAttempt(reason: "asked")),
    .engineStopped,
]
