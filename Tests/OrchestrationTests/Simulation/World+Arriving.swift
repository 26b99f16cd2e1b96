import EngineAPI
import JSONText
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

/// What becomes of a request where it was sent.
extension World {
    func arrive(_ effect: Effect, from sender: Int) {
        let reply = { (input: Input) in
            self.schedule(.answers(input, process: sender), in: Int64(self.random.pick(20...900)))
        }
        switch effect {
        case .readCast:
            reply(.castRead(readsProject() ? .success(cast) : .failure(PortError(.unreachable, "the server is away"))))
        case .readHealth: reply(.healthRead(.known(EndpointHealth())))
        case .readRoute: reply(.routeRead(.none("simulated")))
        case .readAccount: reply(.accountRead(.failed("simulated")))
        case .readPrices: reply(.pricesRead(.known(.published)))
        case .readEndpoint: reply(.endpointRead(.failed("simulated")))
        case .readWorkers: reply(.workersRead(.known([])))
        case .followLog(let id, _, _): reply(.logEnded(id, .gone))
        case .prepare(let id, let actor):
            reply(.prepared(id, readsProject() ? .ready(gathered(actor)) : .notNow("the server is away")))
        case .submit(let id, let order): submit(id, order, from: sender)
        case .askStatus(let id, let job, _): reply(.statusRead(id, status(job)))
        case .askForeign(let actor, let job): reply(.foreignRead(actor, job, status(job)))
        case .cancel(let id, let job, _): reply(.cancelAnswered(id, cancel(job)))
        case .findModel(let id, let model, _):
            let fails = !isNetworkUp || random.chance(faults.storeFails)
            reply(.modelFound(id, fails ? .unreachable("the store is away") : store[model] ?? .absent))
        case .writeVersion(let id, let actor, let entry, let write):
            guard readsProject() else { return reply(.versionWritten(id, write, fault: "the server is away")) }
            save(entry, of: actor, then: .versionWritten(id, write, fault: nil), sender)
        case .recordModel(let id, let actor, let entry):
            guard readsProject() else { return reply(.modelWritten(id, .failure(PortError(.unreachable, "away")))) }
            record(entry, of: actor)
            reply(.modelWritten(id, .success(.recorded)))
        case .finishVersion(let id, let actor, let job, let state):
            guard readsProject() else { return reply(.versionWritten(id, .close, fault: "the server is away")) }
            if let index = project[actor].profile.versions.firstIndex(where: { $0.id == job.rawValue && $0.isOpen }) {
                project[actor].profile.versions[index].end(as: state)
                count("an adopted version was closed")
            }
            reply(.versionWritten(id, .close, fault: nil))
        case .mark(let mark): reply(.marked(mark, fault: self.mark(mark)))
        }
    }

    private func mark(_ mark: GoodMark) -> PortError? {
        guard readsProject() else { return PortError(.unreachable, "the server is away") }
        guard let index = project[mark.actor].profile.models.firstIndex(where: { $0.version == mark.version }) else {
            return PortError(.notFound, "no such model")
        }
        project[mark.actor].profile.models[index].good = mark.good
        return nil
    }

    func readsProject() -> Bool { isNetworkUp && !random.chance(faults.projectFails) }

    private var cast: Cast { Cast(actors: project.actors.map(\.profile)) }

    func gathered(_ id: ActorID) -> Gathered {
        let actor = project[id]
        return Gathered(
            data: TrainingData(actor: id, name: actor.profile.name, approved: true, images: actor.images),
            versions: actor.profile.versions, stored: store.keys.filter { $0.actor == id }.sorted { $0.version < $1.version },
            template: sampleTemplate, endpoint: "endpoint", hasWebhook: true, random: random.next())
    }

    /// A version that was written stands there; the mutant writes the whole list as it was a while ago.
    private func save(_ entry: VersionEntry, of actor: ActorID, then input: Input, _ sender: Int) {
        let status: VersionRecord.Status =
            switch entry.state {
            case .pending: .pending
            case .completed: .completed
            case .failed: .failed
            }
        let record = VersionRecord(id: entry.id, name: entry.version.description, status: status, timestamp: entry.timestamp)
        if mutant == .writesFromStaleRead {
            schedule(.entryWritten(actor, record, project[actor].profile.versions, input, process: sender), in: 120_000)
            return
        }
        project[actor].profile.versions.removeAll { $0.id == entry.id }
        project[actor].profile.versions.insert(record, at: 0)
        schedule(.answers(input, process: sender), in: Int64(random.pick(20...900)))
    }

    private func record(_ entry: ModelEntry, of actor: ActorID) {
        guard !project[actor].profile.models.contains(where: { $0.filename == entry.model.fileName }) else { return }
        project[actor].profile.models.append(
            ModelRecord(filename: entry.model.fileName, versionName: entry.model.version.description))
    }

    private func submit(_ id: AttemptID, _ order: Order, from sender: Int) {
        let answer = { (answer: SubmissionAnswer, delay: Int64) in
            self.schedule(.answers(.submitted(id, answer), process: sender), in: delay)
        }
        let soon = Int64(random.pick(20...900))
        if !isNetworkUp || random.chance(faults.unsent) { return answer(.unsent("no connection"), soon) }
        if random.chance(faults.throttled) {
            return answer(.throttled("too many requests", retryAfter: random.chance(500) ? .seconds(0) : nil), soon)
        }
        if random.chance(faults.rejected) { return answer(.rejected(status: 400, "no"), soon) }
        if random.chance(faults.lost) { return answer(.uncertain("reset"), 60_000) }
        let job = accept(order.model, request: order.request, timeToLive: order.lastingLimits.lifetime.milliseconds)
        let isLost = random.chance(faults.acceptedAndLost)
        if isLost { count("accepted and the answer lost") }
        answer(isLost ? .uncertain("timeout") : .accepted(runpod.jobs[job].id, .inQueue), isLost ? 60_000 : soon)
    }

    private func status(_ id: RunPodID) -> StatusAnswer {
        guard isNetworkUp, !random.chance(faults.statusFails) else {
            return random.chance(300) ? .throttled("slow down", retryAfter: .seconds(0)) : .failed("no answer")
        }
        guard let job = runpod.visible(id, at: now) else {
            count("404")
            return .notFound("job not found")
        }
        return .known(
            JobReport(
                id: job.id,
                observation: RunPodObservation(
                    state: job.state, executionTime: job.executionTime, retries: job.retries == 0 ? nil : job.retries),
                progress: job.state == .inProgress ? TrainingProgress(step: Int((now - (job.startedAt ?? now)) / 1000)) : nil,
                address: job.state == .completed ? address(of: job.model) : nil, error: job.error))
    }

    @discardableResult
    func cancel(_ id: RunPodID) -> CancelAnswer {
        guard isNetworkUp, !random.chance(faults.statusFails) else { return .failed("no answer") }
        guard let index = runpod.index(of: id), runpod.visible(id, at: now) != nil else { return .notFound("job not found") }
        if !runpod.jobs[index].state.isFinal { finish(index, as: .cancelled, error: nil) }
        return .taken(RunPodObservation(state: runpod.jobs[index].state))
    }

    func address(of model: ModelName) -> String { "https://models.s3.eu-west-1.amazonaws.com/\(model.fileName)?signature=secret" }

    func storedModel(_ model: ModelName) -> StoredModel {
        StoredModel(
            location: S3Location(bucket: "models", key: model.fileName), sizeBytes: 1000, etag: "e", lastModified: clock)
    }
}
