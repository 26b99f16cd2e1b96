public import Training

/// All that a dashboard or a command knows of the engine: it takes commands, and gives a snapshot and then updates.
/// Today it is in the same process; nothing here may need that.
public protocol Engine: Sendable {
    func perform(_ command: CommandEnvelope) async -> Reply
    /// The state now, and everything from there on. A subscriber that falls too far behind gets `lagged` and an end; it attaches again.
    func attach(for interest: Interest) async -> Attachment
}

extension Engine {
    /// All updates.
    public func attach() async -> Attachment { await attach(for: .everything) }
}

/// What a subscriber wants to be told of. What it does not is not handed to it, so that it sleeps.
public enum Interest: Hashable, Sendable {
    case everything
    /// One that has a clock of its own, or shows no time, lets the engine sleep between events.
    case allButTicks
    /// What happens and what was asked for, without what a training says and does from second to second.
    case events

    public func covers(_ update: Update) -> Bool {
        switch (self, update) {
        case (.everything, _): true
        case (.allButTicks, .reading(.tick)): false
        case (.events, .reading(.tick)), (.events, .reading(.log)), (.events, .reading(.progress)): false
        case (.allButTicks, _), (.events, _): true
        }
    }
}

/// What a subscriber gets: how all stands now, and what happens from then on, without a gap.
public struct Attachment: Sendable {
    public var snapshot: Snapshot
    public var updates: AsyncStream<Update>

    public init(snapshot: Snapshot, updates: AsyncStream<Update>) {
        self.snapshot = snapshot
        self.updates = updates
    }
}

/// One piece of news for a subscriber.
public enum Update: Hashable, Sendable {
    /// A recorded event; numbers follow each other without gaps from the snapshot's on.
    case fact(EventRecord)
    case reading(Reading)
    /// Updates were dropped; attach again.
    case lagged
}

/// Everything a dashboard needs to draw its first frame.
public struct Snapshot: Hashable, Sendable {
    /// The engine's time.
    public var now: Timestamp
    public var ledger: Ledger
    public var source: SourceDescription
    public var cast: CastReading
    public var health: HealthReading?
    public var route: RouteReading?
    public var account: AccountReading?
    /// What a worker of the endpoint should cost; nil while RunPod was not asked.
    public var prices: PriceOutlook?
    /// Why the journal takes nothing at the moment; nil while it does.
    public var journalFault: String?
    public var progress: [AttemptID: ProgressReading]
    public var checks: [AttemptID: CheckReading]
    /// The newest events, oldest first, for the log.
    public var recentEvents: [EventRecord]
    /// The newest log lines, oldest first.
    public var recentLines: [LogLine]
    /// The number of the last event before this run: what comes after it happened, or was found out, since the last one ended.
    public var sinceSequence: Int

    public init(
        now: Timestamp, ledger: Ledger, source: SourceDescription, cast: CastReading, health: HealthReading? = nil,
        route: RouteReading? = nil, progress: [AttemptID: ProgressReading] = [:], checks: [AttemptID: CheckReading] = [:],
        recentEvents: [EventRecord] = [], recentLines: [LogLine] = [], sinceSequence: Int = 0
    ) {
        self.now = now
        self.ledger = ledger
        self.source = source
        self.cast = cast
        self.health = health
        self.route = route
        self.progress = progress
        self.checks = checks
        self.recentEvents = recentEvents
        self.recentLines = recentLines
        self.sinceSequence = sinceSequence
    }
}

/// Where actors come from and where trainings go.
public struct SourceDescription: Hashable, Sendable {
    /// What stands behind the actors.
    public enum Kind: String, Hashable, Sendable {
        case server, project, demo
    }
    public var kind: Kind
    /// The server's address or the folder.
    public var label: String
    /// RunPod is a simulator: nothing is real and nothing is paid. Always marked on the screen.
    public var isSimulation: Bool
    /// How many simulated seconds pass in a real one.
    public var timeScale: Double
    /// Commands that change something are refused.
    public var isReadOnly: Bool
    /// US dollars a second of training; nil where no price is known.
    public var pricePerSecond: Double?
    /// What may be spent; beyond it the engine submits nothing.
    public var budget: Budget

    public init(
        kind: Kind, label: String, isSimulation: Bool, timeScale: Double = 1, isReadOnly: Bool = false,
        pricePerSecond: Double? = nil, budget: Budget = Budget()
    ) {
        self.kind = kind
        self.label = label
        self.isSimulation = isSimulation
        self.timeScale = timeScale
        self.isReadOnly = isReadOnly
        self.pricePerSecond = pricePerSecond
        self.budget = budget
    }
}

extension Snapshot {
    /// What a training should cost before it has a worker: by RunPod's word, else by the price that was configured.
    public var priceOutlook: PriceOutlook? { prices ?? PriceOutlook(perSecond: source.pricePerSecond) }

    /// Takes in an update, so that a follower's copy stays what the engine would say.
    public mutating func take(_ update: Update) {
        switch update {
        case .fact(let record):
            ledger.apply(record)
            now = max(now, record.time)
        case .reading(let reading): take(reading)
        case .lagged: break
        }
    }

    private mutating func take(_ reading: Reading) {
        if let time = reading.time { now = max(now, time) }
        switch reading {
        case .tick: break
        case .cast(let reading): cast = reading
        case .health(let reading): health = reading
        case .route(let reading): route = reading
        case .account(let reading): account = reading
        case .prices(let outlook): prices = outlook
        case .progress(let id, let reading): progress[id] = reading
        case .checked(let id, let reading): checks[id] = reading
        case .journal(let fault): journalFault = fault
        case .log: break
        }
    }
}
