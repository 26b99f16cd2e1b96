import EngineAPI
import Testing
import Training
import TrainingPorts

@testable import Orchestration

/// The engine's core with a journal that is a list, for stories that a test tells step by step.
struct Stage {
    private(set) var core: EngineCore
    private(set) var journal: [EventRecord] = []
    private(set) var payloads: [Payload] = []
    /// What the core asked for and the story has not answered yet.
    private(set) var asked: [Effect] = []
    private(set) var lines: [LogLine] = []
    var now = Timestamp(milliseconds: 1_790_000_000_000)
    var policy: Policy
    var journalFault: String?
    private var commands = 0

    init(policy: Policy = Policy(), mayContinue: Bool = false, actors: [ActorProfile] = (1...4).map { .ready(ActorID($0)) }) {
        self.policy = policy
        core = EngineCore(ledger: Ledger(), policy: policy, digester: PlainDigester())
        give(.started(EngineStart(program: "test", source: "test", timeScale: 1), mayContinue: mayContinue))
        give(.castRead(.success(Cast(actors: actors))))
        asked = []
    }

    var ledger: Ledger { core.ledger }

    func phase(_ job: Int) -> PhaseName? { ledger[JobID(job)]?.latest.phase.name }
    func outcome(_ job: Int) -> Outcome? { ledger[JobID(job)]?.latest.outcome }
    var events: [String] { journal.map(\.event.name) }
    func count(_ event: String) -> Int { events.count { $0 == event } }

    @discardableResult
    mutating func give(_ input: Input) -> Reply? {
        var decision = core.deciding(input, at: now)
        if !decision.drafts.isEmpty, let journalFault {
            decision = core.decidingWithoutJournal(decision, of: input, because: journalFault, at: now)
            #expect(decision.drafts.isEmpty)
        }
        if let work = input.finishes { asked.removeAll { $0.work == work } }
        core = decision.next
        for draft in decision.drafts {
            journal.append(
                EventRecord(
                    sequence: journal.count + 1, time: draft.time, id: "e\(journal.count + 1)", cause: draft.cause, by: draft.by,
                    job: draft.job, attempt: draft.attempt, event: draft.event))
        }
        core.numbered(upTo: journal.count)
        payloads += decision.payloads
        asked += decision.effects
        for case .log(let line) in decision.readings { lines.append(line) }
        return decision.reply
    }

    @discardableResult
    mutating func say(_ command: Command, expects: PhaseName? = nil) -> Reply? {
        commands += 1
        return give(.command(CommandEnvelope(id: "c\(commands)", by: "operator", expects: expects, command: command)))
    }

    @discardableResult
    mutating func train(_ actors: Int...) -> Reply? { train(actors) }

    @discardableResult
    mutating func train(_ actors: [Int]) -> Reply? {
        say(.train(actors: actors.map(ActorID.init(_:)), origin: .operator, override: false))
    }

    /// Lets time pass; the core is woken at each of its deadlines, as the shell does.
    mutating func wait(_ seconds: Double) {
        let end = now + .seconds(seconds)
        while let deadline = core.deadline(after: now), deadline <= end {
            now = deadline
            give(.time)
        }
        now = end
        give(.time)
    }

    /// The process dies, and comes back on the same journal.
    mutating func restart(cleanly: Bool = false, mayContinue: Bool = false, cast: [ActorProfile]? = nil) {
        if cleanly {
            give(.stopping)
            give(.stopped)
        }
        let actors = cast ?? core.runtime.cast.actors
        var folded = Ledger()
        for record in journal { folded.apply(record) }
        #expect(folded == core.ledger)
        core = EngineCore(ledger: folded, policy: policy, digester: PlainDigester())
        asked = []
        give(.started(EngineStart(program: "test", source: "test", timeScale: 1), mayContinue: mayContinue))
        give(.castRead(.success(Cast(actors: actors))))
    }

    static func attempt(_ job: Int, _ number: Int = 1) -> AttemptID { AttemptID(job: JobID(job), number: number) }

    func order(_ job: Int, _ number: Int = 1) -> Order? { ledger[Stage.attempt(job, number)]?.order }

    /// The requests that were allowed to leave and have no answer yet.
    var submissions: [RequestID] { asked.compactMap { if case .submit(_, let order) = $0 { order.request } else { nil } } }

    func asks(_ work: Work) -> Bool { asked.contains { $0.work == work } }

    mutating func prepare(
        _ job: Int, _ number: Int = 1, versions: [VersionRecord] = [], stored: [ModelName] = [], random: UInt64 = 1
    ) {
        let id = Stage.attempt(job, number)
        guard let actor = ledger[id]?.actor else {
            Issue.record("there is no \(id) to prepare")
            return
        }
        give(.prepared(id, .ready(.sample(actor, versions: versions, stored: stored, random: random))))
    }

    mutating func answer(_ job: Int, _ answer: SubmissionAnswer, attempt number: Int = 1) {
        give(.submitted(Stage.attempt(job, number), answer))
    }

    /// Prepares and has it accepted as `job-N`.
    mutating func launch(_ job: Int, _ number: Int = 1) {
        prepare(job, number)
        answer(job, .accepted(Stage.runpod(job, number), .inQueue), attempt: number)
    }

    static func runpod(_ job: Int, _ number: Int = 1) -> RunPodID { RunPodID("\(job)\(number)-aaaa-e1") }

    mutating func status(
        _ job: Int, _ state: RunPodState, error: String? = nil, address: String? = nil, delay: Int? = nil,
        execution: Int? = 1000, retries: Int? = nil, attempt number: Int = 1
    ) {
        let report = JobReport(
            id: Stage.runpod(job, number),
            observation: RunPodObservation(state: state, delayTime: delay, executionTime: execution, retries: retries),
            address: address, error: error)
        give(.statusRead(Stage.attempt(job, number), .known(report)))
    }

    mutating func forgotten(_ job: Int, _ number: Int = 1) {
        give(.statusRead(Stage.attempt(job, number), .notFound("job not found")))
    }

    mutating func model(_ job: Int, _ finding: ModelFinding, attempt number: Int = 1) {
        give(.modelFound(Stage.attempt(job, number), finding))
    }

    mutating func webhook(_ job: Int, _ state: RunPodState, runpod: RunPodID? = nil, attempt number: Int = 1) {
        guard let order = order(job, number) else {
            Issue.record("nothing was ordered for \(Stage.attempt(job, number))")
            return
        }
        give(.delivered(WebhookDelivery(request: order.request, news: WebhookNews(runpod: runpod, state: state))))
    }

    /// Runs it to a verified end.
    mutating func complete(_ job: Int, _ number: Int = 1) {
        status(job, .completed, address: "s3://models/x.safetensors", attempt: number)
        model(job, .there, attempt: number)
    }
}

extension ModelFinding {
    static let there = ModelFinding.present(
        StoredModel(
            location: S3Location(bucket: "models", key: "x.safetensors"), sizeBytes: 10, etag: "e",
            lastModified: Timestamp(milliseconds: 1_900_000_000_000)))
}

extension ActorProfile {
    static func ready(_ id: ActorID, versions: [VersionRecord] = []) -> ActorProfile {
        ActorProfile(
            id: id, name: "actor \(id)", trainingDataGood: true, images: ImageCount(onS3: 6, synced: 6, recorded: 6),
            versions: versions)
    }
}

extension Gathered {
    static func sample(_ actor: ActorID, versions: [VersionRecord] = [], stored: [ModelName] = [], random: UInt64 = 1) -> Gathered
    {
        let images = (0..<6).map { TrainingImage(filename: "\($0).png", address: "s3://images/\(actor)/\($0).png") }
        return Gathered(
            data: TrainingData(actor: actor, name: "actor \(actor)", approved: true, images: images), versions: versions,
            stored: stored,
            template: sampleTemplate, endpoint: "endpoint", hasWebhook: true, random: random)
    }
}

extension Reply {
    var isAccepted: Bool { if case .accepted = self { true } else { false } }
    var text: String {
        switch self {
        case .accepted(let message, _, _), .refused(let message): message
        }
    }
}
