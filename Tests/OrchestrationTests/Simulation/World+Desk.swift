import EngineAPI
import JSONText
import Training
import TrainingPorts

@testable import Orchestration

/// A second client of our embedded server: its page reads, builds a request and posts it some time later, when much may have changed; it
/// posts it again where it saw no answer; and it cancels and retries by RunPod's ids.
extension World {
    func useDesk() {
        switch random.pick(0...9) {
        case 0...5: buildOrder()
        case 6...7:
            guard let job = random.pick(from: runpod.jobs)?.id else { return }
            cancelAtDesk(job)
        default:
            guard let job = random.pick(from: runpod.jobs)?.id, let attempt = attempt(of: job), isAwake else { return }
            count("a desk retry")
            say(.retry([attempt.id.job]), by: "server")
        }
    }

    private var isAwake: Bool { core != nil && now >= asleepUntil }

    /// As the desk finds it: by the id as given, else without its suffix.
    private func attempt(of job: RunPodID) -> Attempt? {
        let attempts = core?.ledger.jobs.flatMap(\.attempts) ?? []
        return attempts.first { $0.runpod == job } ?? attempts.first { $0.runpod?.names(theSameJobAs: job) == true }
    }

    private func cancelAtDesk(_ job: RunPodID) {
        guard isAwake else { return }
        count("a desk cancel")
        if let attempt = attempt(of: job) { say(.cancel([attempt.id.job]), by: "server") } else { cancel(job) }
    }

    /// The page knows the project and nothing of our journal.
    private func buildOrder() {
        let actor = ActorID(random.pick(0...project.actors.count - 2))
        let versions =
            project[actor].profile.versions.compactMap(\.version) + store.keys.filter { $0.actor == actor }.map(\.version)
        let model = ModelName(actor: actor, version: VersionNumber((versions.map(\.number).max() ?? 0) + 1))
        deskRequests += 1
        let body: JSONValue = [
            "input": [
                "workflow": sampleTemplate, "training_data": ["s3_urls": [.string("s3://images/\(actor)/0.png")]],
                "training_config": [
                    "model_name": .string(model.description),
                    "request_id": .string(random.chance(700) ? "page-\(deskRequests)" : ""),
                ],
            ]
        ]
        schedule(.deskPosts(body, actor), in: Int64(random.pick(1...300)) * 100)
        guard random.chance(300) else { return }
        count("a desk order came twice")
        schedule(.deskPosts(body, actor), in: Int64(random.pick(1...900)) * 100)
    }

    /// The desk gathers, and only then decides: in between everything may happen.
    func post(_ body: JSONValue, of actor: ActorID) {
        guard isAwake, readsProject() else { return }
        schedule(.deskOrders(body, gathered(actor), process: process), in: Int64(random.pick(20...3000)))
    }

    func order(_ body: JSONValue, _ gathered: Gathered, to receiver: Int) {
        guard receiver == process, isAwake else { return }
        let actor = gathered.data.actor
        let wasOpen = core?.ledger.openAttempt(of: actor) != nil
        let request = body["input"]?["training_config"]?["request_id"]?.string ?? ""
        note("desk: \(request) for actor \(actor)")
        switch take(.external(body, gathered)) {
        case .accepted(_, let jobs, _):
            count("a desk order was taken")
            if wasOpen { violate("the desk took an order for actor \(actor), who was in training") }
            if request.isEmpty { return }
            deskTaken[RequestID(rawValue: request), default: 0] += 1
            if deskTaken[RequestID(rawValue: request)] ?? 0 > 1 { violate("the desk took \(request) twice") }
            if core != nil, core?.ledger[jobs[0]]?.latest.sendings != 1 { violate("\(jobs[0]) was taken and did not leave") }
        case .refused:
            count("a desk order was refused")
            if wasOpen { count("a desk order met an open training") }
        case nil: break
        }
    }
}
