import EngineAPI
import TerminalUI
import Training

@testable import Dashboard

/// A small world to build dashboards in: events get their numbers and times here, as the engine would give them.
struct World {
    static let start = Timestamp(parsing: "2026-11-23T14:00:00Z") ?? Timestamp(milliseconds: 0)

    var now = World.start
    var ledger = Ledger()
    var actors: [ActorProfile] = [.make(5, "0005_asian_30_male", images: 17), .make(7, "0007_african_25_female", images: 19)]
    var source = SourceDescription(kind: .demo, label: "demo", isSimulation: true, timeScale: 60, pricePerSecond: 0.00026)
    var events: [EventRecord] = []
    var lines: [LogLine] = []
    var progress: [AttemptID: ProgressReading] = [:]
    var checks: [AttemptID: CheckReading] = [:]
    var health: HealthReading?
    var route: RouteReading?
    var fault: String?

    /// The next event, not yet taken in.
    func record(_ event: Event, job: Int? = nil, attempt: Int? = nil) -> EventRecord {
        EventRecord(
            sequence: ledger.sequence + 1, time: now, id: "e\(ledger.sequence + 1)", cause: nil, by: "engine",
            job: job.map { JobID($0) }, attempt: attempt ?? job.map { _ in 1 }, event: event)
    }

    @discardableResult
    mutating func happen(_ event: Event, job: Int? = nil, attempt: Int? = nil) -> EventRecord {
        let record = record(event, job: job, attempt: attempt)
        ledger.apply(record)
        events.append(record)
        return record
    }

    mutating func pass(minutes: Double) { now = now + .minutes(minutes) }

    var snapshot: Snapshot {
        Snapshot(
            now: now, ledger: ledger, source: source, cast: CastReading(actors: actors, asOf: World.start, fault: fault),
            health: health,
            route: route, progress: progress, checks: checks, recentEvents: events, recentLines: lines)
    }

    func state(width: Int = 80, height: Int = 24) -> DashboardState {
        DashboardState(snapshot: snapshot, commandPrefix: "c", width: width, height: height)
    }

    // What happens to a job, up to a phase.
    mutating func queue(_ job: Int, actor: Int) {
        let name = actors.first { $0.id.rawValue == actor }?.name ?? "nobody"
        happen(.jobQueued(QueuedJob(actor: ActorID(actor), name: name, origin: .operator)), job: job)
    }

    mutating func submit(_ job: Int, actor: Int, version: Int = 1, attempt: Int = 1) {
        happen(.preparationStarted, job: job, attempt: attempt)
        happen(.attemptPrepared(.make(actor: actor, version: version)), job: job, attempt: attempt)
        happen(.submissionIntended(Intent(sending: 1)), job: job, attempt: attempt)
    }

    mutating func train(_ job: Int, actor: Int, version: Int = 1) {
        queue(job, actor: actor)
        submit(job, actor: actor, version: version)
        happen(.submissionAccepted(Acceptance(runpod: RunPodID("rp\(job)-u1"), evidence: "answer")), job: job)
        pass(minutes: 1)
        happen(.statusObserved(RunPodObservation(state: .inProgress, worker: "w1")), job: job)
    }

    mutating func end(_ job: Int, _ outcome: Outcome, reason: String? = nil, attempt: Int = 1) {
        happen(.attemptEnded(Ending(outcome: outcome, at: now, reason: reason)), job: job, attempt: attempt)
    }
}

extension ActorProfile {
    static func make(
        _ id: Int, _ name: String, approved: Bool = true, images: Int = 17, synced: Int? = nil, models: [ModelRecord] = [],
        versions: [VersionRecord] = []
    ) -> ActorProfile {
        ActorProfile(
            id: ActorID(id), name: name, trainingDataGood: approved,
            images: ImageCount(onS3: images, synced: synced ?? images, recorded: images), models: models, versions: versions)
    }
}

extension ModelRecord {
    static func make(_ actor: Int, _ version: Int, good: Bool?) -> ModelRecord {
        let name = ModelName(actor: ActorID(actor), version: VersionNumber(version))
        return ModelRecord(filename: name.fileName, versionName: name.version.description, good: good)
    }
}

extension Order {
    static func make(actor: Int, version: Int = 1, steps: Int = 2000) -> Order {
        Order(
            model: ModelName(actor: ActorID(actor), version: VersionNumber(version)),
            request: RequestID(actor: ActorID(actor), at: World.start, random: 7),
            parameters: .preset(images: 17, triggerToken: "token"), images: 17, workflowDigest: "", payloadDigest: "",
            endpoint: "https://example.invalid", expectation: Expectation(steps: steps, pricePerSecond: 0.00026), webhook: true)
    }
}

extension DashboardState {
    /// Presses keys; gives everything that was asked for.
    @discardableResult
    mutating func press(_ keys: Key...) -> [DashboardEffect] {
        keys.flatMap { reduce(.terminal(.key($0))) }
    }

    /// Types characters one by one.
    @discardableResult
    mutating func type(_ text: String) -> [DashboardEffect] {
        text.flatMap { reduce(.terminal(.key(.character($0)))) }
    }

    var picture: [String] { paint(width: width, height: height).lines }
}

extension [DashboardEffect] {
    /// The commands among them, in order.
    var commands: [Command] {
        compactMap { if case .perform(let envelope) = $0 { envelope.command } else { nil } }
    }

    var envelopes: [CommandEnvelope] {
        compactMap { if case .perform(let envelope) = $0 { envelope } else { nil } }
    }
}
