import EngineAPI
public import JSONText
public import Training
public import TrainingPorts

/// Our server's training calls: what a page starts goes through the outbox like everything else.
extension TrainingOrchestrator: TrainingDesk {
    public func start(_ body: JSONValue) async -> DeskAnswer {
        guard let name = body["input"]?["training_config"]?["model_name"]?.string, let model = ModelName(parsing: name) else {
            return .invalid(
                errors: ["input.training_config.model_name must be of the form actor_0019_V7"], warnings: [])
        }
        let gathered: Gathered
        do {
            gathered = try await gather(model.actor)
        } catch {
            return .failed(error.message)
        }
        let result = take(.external(body, gathered))
        switch result.reply {
        case .accepted(_, let jobs, _):
            guard let job = jobs.first else { return .failed("nothing was started") }
            return await answer(for: AttemptID(job: job, number: 1))
        case .refused(let message): return .invalid(errors: [message], warnings: [])
        case nil: return .failed(result.fault ?? "nothing was started")
        }
    }

    public func status(of job: RunPodID) async -> StatusAnswer {
        await surroundings.gateway.status(of: job, at: attempt(of: job)?.order?.endpoint)
    }

    public func cancel(_ job: RunPodID) async -> CancelAnswer {
        guard !core.policy.isReadOnly else { return .failed("this is a read-only view") }
        guard let attempt = attempt(of: job) else { return await surroundings.gateway.cancel(job) }
        let reply = take(.command(deskCommand(.cancel([attempt.id.job])))).reply
        guard case .refused(let message) = reply else {
            return .taken(attempt.observed ?? RunPodObservation(state: .inQueue))
        }
        return .failed(message)
    }

    public func retry(_ job: RunPodID) async -> DeskAnswer {
        guard let attempt = attempt(of: job) else { return .invalid(errors: ["no job \(job) was started here"], warnings: []) }
        let result = take(.command(deskCommand(.retry([attempt.id.job]))))
        if case .refused(let message) = result.reply { return .invalid(errors: [message], warnings: []) }
        guard result.fault == nil, let newest = core.ledger[attempt.id.job]?.latest else {
            return .failed(result.fault ?? "nothing was started")
        }
        return await answer(for: newest.id)
    }

    public func webhookHint(_ job: RunPodID) async { take(.hinted(job)) }

    private func gather(_ actor: ActorID) async throws(PortError) -> Gathered {
        let route = await surroundings.route.ensure()
        take(.routeRead(route))
        let hasWebhook = if case .up = route { true } else { false }
        let stored = try await stored(of: actor)
        return Gathered(
            data: try await surroundings.actorMaker.trainingData(of: actor),
            versions: try await surroundings.actorMaker.versions(of: actor),
            stored: stored.models, listingFault: stored.fault, template: .null, endpoint: surroundings.gateway.endpoint,
            carriesLimits: surroundings.gateway.carriesLimits, hasWebhook: hasWebhook, random: surroundings.random.next())
    }

    private func attempt(of job: RunPodID) -> Attempt? {
        let attempts = core.ledger.jobs.lazy.flatMap(\.attempts)
        return attempts.first { $0.runpod == job } ?? attempts.first { $0.runpod?.names(theSameJobAs: job) == true }
    }

    private func deskCommand(_ command: Command) -> CommandEnvelope {
        deskCommands += 1
        return CommandEnvelope(id: "server-\(sinceSequence)-\(deskCommands)", by: "server", command: command)
    }

    /// Waits until the attempt has its id or will not get one for now.
    private func answer(for id: AttemptID) async -> DeskAnswer {
        await settled(id)
        guard let attempt = core.ledger[id] else { return .failed("nothing was started") }
        if let runpod = attempt.runpod { return .started(runpod, attempt.observed?.state ?? .inQueue) }
        switch attempt.phase {
        case .done(let ending): return .failed(ending.reason ?? ending.outcome.rawValue)
        case .uncertain(_, let reason):
            return .failed(
                "\(id.job) may have been started: \(reason); do not start it again, the dashboard shows what became of it")
        case .queued, .preparing: return .failed("\(id.job) waits in the queue and starts by itself; do not start it again")
        default: return .failed("the engine ended before the answer came; do not start \(id.job) again")
        }
    }
}
