import EngineAPI
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

/// What others do: an operator, the network, the laptop's lid, a second writer, a foreign page.
extension World {
    func operate() {
        schedule(.operates, in: Int64(random.pick(1...60)) * 60_000)
        guard core != nil, now >= asleepUntil, let command = randomCommand() else { return }
        say(command)
    }

    @discardableResult
    func say(_ command: Command, by: String = "operator", twice: Bool = false) -> Reply? {
        commands += 1
        let envelope = CommandEnvelope(id: "c\(commands)", by: by, command: command)
        note("\(by): \(command)")
        let reply = take(.command(envelope))
        guard twice else { return reply }
        let again = take(.command(envelope))
        if core != nil, !isDiskFull, let again, again != reply { violate("a command that came twice was done twice") }
        return reply
    }

    private func randomCommand() -> Command? {
        guard let ledger = core?.ledger else { return nil }
        let jobs = ledger.jobs.map(\.id)
        switch random.pick(0...20) {
        case 0...5:
            return .train(
                actors: [ActorID(random.pick(0...project.actors.count - 2))], origin: .operator, override: random.chance(300))
        case 6: return .train(actors: [ActorID(0), ActorID(1), ActorID(1)], origin: .automatic, override: true)
        case 7...8: return random.pick(from: jobs).map { .cancel([$0]) }
        case 9: return random.chance(300) ? .cancelAll : nil
        case 10...12: return random.pick(from: jobs).map { .retry([$0]) }
        case 13: return random.chance(300) ? .hold : nil
        case 14...15: return .resume
        case 16: return .setParallelism(random.pick(1...3))
        case 17: return .refresh
        case 20: return randomMark()
        case 18: return random.pick(from: ledger.openAttempts.filter { $0.phase.name == .uncertain }).map(resolution)
        default: return random.chance(300) ? .dismissPending(ActorID(random.pick(0...project.actors.count - 1))) : nil
        }
    }

    private func randomMark() -> Command? {
        let models = project.actors.flatMap { actor in
            actor.profile.models.compactMap { model in model.version.map { (actor.profile.id, $0) } }
        }
        return random.pick(from: models).map { .markGood($0.0, $0.1, good: random.chance(500)) }
    }

    /// The operator looks at RunPod's console and says what is true there.
    func resolution(of attempt: Attempt) -> Command {
        resolvedByHand.insert(attempt.id)
        let job = runpod.jobs.first { $0.request == attempt.order?.request }
        let outcome: Outcome =
            job.map { job in
                if case .present = store[job.model] { .completed } else { .failed }
            } ?? .neverSubmitted
        return .resolve(attempt.id.job, outcome, because: "seen on the console")
    }

    func disturb() {
        schedule(.disturbs, in: Int64(random.pick(2...40)) * 60_000)
        if !isNetworkUp || random.chance(faults.flap) { isNetworkUp.toggle() }
        if isDiskFull || random.chance(faults.diskFull) { isDiskFull.toggle() }
        if random.chance(faults.sleep), now >= asleepUntil {
            asleepUntil = now + Int64(random.pick(1...180)) * 60_000
            count("slept")
            if forProcess != nil { agenda.insert(.awakes, at: asleepUntil) }
        }
        if random.chance(faults.staleWriter) { beginStaleWrite() }
        if random.chance(faults.foreignStart) { startForeign(ActorID(random.pick(0...project.actors.count - 2))) }
        if random.chance(faults.webhookForged) { forge() }
        if random.chance(faults.secondClient) { useDesk() }
        guard forProcess != nil, core != nil else { return }
        if random.chance(30) { schedule(.quits, in: Int64(random.pick(1...60_000))) }
        if random.chance(60) { forProcess?.append(.look(milliseconds: Int64(random.pick(1...900_000)))) }
    }

    private func beginStaleWrite() {
        let id = ActorID(random.pick(0...project.actors.count - 1))
        schedule(
            .staleWrite(id, project[id].profile.versions, project[id].profile.models), in: Int64(random.pick(1...30)) * 10_000)
    }

    /// The other writer writes back what it read a while ago, with its own entries; it never forgets those.
    func writeStale(_ actor: ActorID, _ versions: [VersionRecord], _ models: [ModelRecord]) {
        if project[actor].profile.versions != versions || project[actor].profile.models != models { count("a stale write") }
        let own = (foreign[actor] ?? []).filter { entry in !versions.contains { $0.id == entry.id } }
        project[actor].profile.versions = own + versions
        project[actor].profile.models = models
    }

    /// Another page trains an actor without asking us, as it can; it looks at the list first.
    func startForeign(_ actor: ActorID) {
        guard !project[actor].profile.versions.contains(where: \.isOpen) else { return }
        let numbers =
            project[actor].profile.versions.compactMap(\.version) + store.keys.filter { $0.actor == actor }.map(\.version)
        // Far from our numbers: two programs that pick one number at the same moment cannot be helped by either.
        let version = VersionNumber((numbers.map(\.number).max() ?? 0) + 100)
        let job = accept(ModelName(actor: actor, version: version), request: nil, timeToLive: 86_400_000)
        let entry = VersionRecord(
            id: runpod.jobs[job].id.rawValue, name: version.description, status: .pending,
            timestamp: Timestamp(milliseconds: now))
        foreign[actor, default: []].append(entry)
        project[actor].profile.versions.insert(entry, at: 0)
    }

    /// The server of whoever started it learns of the end, too.
    func closeForeign(_ job: RunPodID, of actor: ActorID, as status: VersionRecord.Status) {
        guard let index = project[actor].profile.versions.firstIndex(where: { $0.id == job.rawValue && $0.isOpen }) else {
            return
        }
        project[actor].profile.versions[index].status = status
        closedByOthers.insert(job)
        if let own = foreign[actor]?.firstIndex(where: { $0.id == job.rawValue }) { foreign[actor]?[own].status = status }
    }

    private func forge() {
        let request = runpod.jobs.compactMap(\.request).last ?? RequestID(rawValue: "actor_0001_1_f")
        let news = WebhookNews(runpod: nil, state: random.chance(500) ? .completed : .inProgress, address: "s3://evil/model")
        count("a forged webhook")
        deliver(WebhookDelivery(request: random.chance(500) ? request : RequestID(rawValue: "nobody"), news: news), tries: 2)
    }
}
