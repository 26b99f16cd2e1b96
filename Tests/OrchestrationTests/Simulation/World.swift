import ChanceTestSupport
import EngineAPI
import JSONText
import Training
import TrainingPorts

@testable import Orchestration

/// Everything around the engine's core under one virtual clock: RunPod, the project, the model store, the journal's disk, the network,
/// an operator, and a process that dies and comes back. One seed gives one history.
final class World {
    enum Happening {
        /// A request of ours comes to where it was sent; it does so even when its sender has died.
        case arrives(Effect, process: Int)
        case answers(Input, process: Int)
        case wakes(process: Int)
        case starts(mayContinue: Bool)
        case runpodEnds(job: Int, retries: Int)
        case webhook(WebhookDelivery, tries: Int)
        case staleWrite(ActorID, [VersionRecord], [ModelRecord])
        case entryWritten(ActorID, VersionRecord, [VersionRecord], Input, process: Int)
        case foreignCloses(ActorID, RunPodID, VersionRecord.Status)
        /// A second client's page posts what it made of its reading.
        case deskPosts(JSONValue, ActorID)
        case deskOrders(JSONValue, Gathered, process: Int)
        case operates
        case disturbs
        case modelAppears(ModelName)
        /// A call of the real process has slept long enough.
        case sleepEnds(call: Int)
        case awakes
        case quits
    }

    let seed: UInt64
    let mutant: Mutant?
    var random: SplitMix64
    var faults: FaultPlan
    let policy: Policy

    /// Milliseconds of the world's own time.
    var now: Int64 = 1_790_000_000_000
    var agenda = Agenda<Happening>()
    var core: EngineCore?
    /// The process's number; answers to a dead one are lost.
    var process = 0
    /// What the process's wall clock is wrong by.
    var skew: Int64 = 0
    var armed: Timestamp?
    var asleepUntil: Int64 = 0
    var isNetworkUp = true
    var isDiskFull = false
    /// The disk: what a restart finds.
    var journal: [EventRecord] = []
    var payloads: [String: [UInt8]] = [:]
    /// Set where the process is the real one, around the actors: what it is to be given.
    var forProcess: [ForProcess]?
    /// The real process's calls that have no answer yet.
    var calls: [Int: PendingCall] = [:]
    var nextCall = 0

    var runpod = SimulatedRunPod()
    var project: SimulatedProject
    var store: [ModelName: ModelFinding] = [:]
    var foreign: [ActorID: [VersionRecord]] = [:]
    /// Versions that their own server has closed.
    var closedByOthers: Set<RunPodID> = []
    /// How often the engine has taken a request that a second client named.
    var deskTaken: [RequestID: Int] = [:]
    var deskRequests = 0

    /// Places where the process can die, counted; `dieAt` is the one where it does.
    var hits = 0
    var dieAt: Set<Int> = []
    var endings: [AttemptID: Ending] = [:]
    var resolvedByHand: Set<AttemptID> = []
    var counters: [String: Int] = [:]
    var violations: [String] = []
    var commands = 0
    /// In seconds.
    var longestDowntime = 4000
    var trace: [String] = []
    let isTracing: Bool

    init(
        seed: UInt64, mutant: Mutant? = nil, faults: FaultPlan? = nil, actors: Int = 4, isTracing: Bool = false,
        isAroundActors: Bool = false
    ) {
        forProcess = isAroundActors ? [] : nil
        self.seed = seed
        self.mutant = mutant
        self.isTracing = isTracing
        random = SplitMix64(seed: seed)
        self.faults = faults ?? FaultPlan.swarm(&random)
        project = SimulatedProject(actors: actors)
        var policy = Policy()
        policy.pollInterval = .minutes(3)
        policy.surroundingsInterval = .minutes(20)
        policy.cancelInterval = .minutes(1)
        policy.modelInterval = .minutes(1)
        self.policy = policy
        runpod.workers = random.pick(1...3)
    }

    var clock: Timestamp { Timestamp(milliseconds: now + skew) }

    func count(_ name: String) { counters[name, default: 0] += 1 }

    func note(_ text: @autoclosure () -> String) {
        if isTracing { trace.append("\((now - 1_790_000_000_000) / 1000)s p\(process) \(text())") }
    }

    func violate(_ text: String) {
        note("VIOLATION \(text)")
        violations.append(text)
    }

    func schedule(_ happening: Happening, in milliseconds: Int64) {
        agenda.insert(happening, at: now + max(0, milliseconds))
    }

    /// Lets time pass until `end`, or until a violation.
    func run(until end: Int64) {
        while step(before: end) {}
        now = max(now, end)
    }

    /// Lets the next thing happen; false where there is none, or something is wrong.
    func step(before end: Int64) -> Bool {
        guard violations.isEmpty, let next = agenda.popFirst(before: end) else { return false }
        now = max(now, next.time)
        happen(next.value)
        return true
    }

    private func happen(_ happening: Happening) {
        switch happening {
        case .arrives(let effect, let sender): arrive(effect, from: sender)
        case .answers(let input, let receiver): answer(input, to: receiver)
        case .wakes(let sleeper): wake(sleeper)
        case .starts(let mayContinue): start(mayContinue: mayContinue)
        case .runpodEnds(let job, let retries): endJob(job, retries: retries)
        case .webhook(let delivery, let tries): deliver(delivery, tries: tries)
        case .staleWrite(let actor, let versions, let models): writeStale(actor, versions, models)
        case .entryWritten(let actor, let entry, let stale, let input, let receiver):
            project[actor].profile.versions = [entry] + stale.filter { $0.id != entry.id }
            answer(input, to: receiver)
        case .foreignCloses(let actor, let job, let status): closeForeign(job, of: actor, as: status)
        case .deskPosts(let body, let actor): post(body, of: actor)
        case .deskOrders(let body, let gathered, let receiver): order(body, gathered, to: receiver)
        case .operates: operate()
        case .disturbs: disturb()
        case .modelAppears(let model):
            if store[model] == nil { store[model] = .present(storedModel(model)) }
        case .sleepEnds(let call): resume(call, with: nil)
        case .awakes: break
        case .quits: forProcess?.append(.quit)
        }
    }
}
