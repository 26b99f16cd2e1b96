import JSONText
import RunPod
import Training

extension SimulatedEndpoint {
    /// The limit of the platform on a call; not part of what a restart replays.
    mutating func refusal(of call: SimulatorCall, at now: Timestamp) -> SimulatedReply? {
        let limit: (String, RunPodLimits.Operation)? =
            switch call {
            case .run: ("run", RunPodLimits.run)
            case .status: ("status", RunPodLimits.status)
            case .cancel: ("cancel", RunPodLimits.cancel)
            case .purge: ("purge-queue", RunPodLimits.purge)
            case .retry, .health, .webhookAnswered, .settings, .carried: nil
            }
        guard let (name, operation) = limit, let pause = limits.refusal(of: name, operation, at: now) else { return nil }
        return SimulatedReply(status: 429, body: #"{"error":"too many requests"}"#, retryAfter: pause)
    }

    /// Takes a call; everything due before must have happened.
    mutating func handle(_ call: SimulatorCall, at now: Timestamp) -> (reply: SimulatedReply, effects: [SimulatorEffect]) {
        switch call {
        case .run(let body): return submit(body, at: now)
        case .status(let id): return (status(of: id, at: now), [])
        case .cancel(let id): return (cancel(id, at: now), [])
        case .retry(let id): return (retry(id, at: now), [])
        case .purge: return (purge(at: now), [])
        case .health: return (.ok(health(at: now).json(retried: counters.retried)), [])
        case .webhookAnswered(let job, let number, let taken): webhookAnswered(job: job, number: number, taken: taken, at: now)
        case .settings(let settings): adopt(settings)
        case .carried(let carried, let used):
            counters = carried
            plan = FaultPlan(plan.orders, used: used)
        }
        return (.ok([:]), [])
    }

    private mutating func adopt(_ new: SimulatorSettings) {
        settings = new
        plan.replace(by: new.faults)
        while workers.count < new.workers { workers.append(SimulatedWorker()) }
        // A place in use stays until a later change: jobs name their worker by its place.
        while workers.count > new.workers, workers.last?.isFree == true { workers.removeLast() }
    }

    private func find(_ id: String, at now: Timestamp) -> Int? { jobs.firstIndex { $0.answers(to: id, at: now) } }

    private func isSlow(_ id: String) -> Bool { jobs.contains { $0.id == id && $0.has(.slowAnswers) } }

    private func status(of id: String, at now: Timestamp) -> SimulatedReply {
        var reply = find(id, at: now).map { SimulatedReply.ok(jobs[$0].answer(at: now).json) } ?? .notFound
        reply.isSlow = isSlow(id)
        return reply
    }

    private mutating func cancel(_ id: String, at now: Timestamp) -> SimulatedReply {
        guard let index = find(id, at: now) else { return .notFound }
        let slow = isSlow(id)
        switch jobs[index].phase {
        case .queued: break
        case .starting(let worker, _): workers[worker].release(at: now)
        case .running(let run):
            workers[run.worker].release(at: now)
            close(run, .stopped, at: now)
        case .ended:
            // What RunPod says to the cancellation of a job that has ended is documented nowhere: its state, unchanged.
            return .ok(JobAnswer(id: jobs[index].reportedID, status: jobs[index].answer(at: now).status).json)
        }
        stop(index, at: now)
        planWebhook(index, at: now)
        dispatch(at: now)
        var reply = SimulatedReply.ok(JobAnswer(id: jobs[index].reportedID, status: "CANCELLED").json)
        reply.isSlow = slow
        return reply
    }

    /// Ends a job as cancelled, wherever it was.
    private mutating func stop(_ index: Int, at now: Timestamp) {
        queue.removeAll { $0 == jobs[index].serial }
        var times: (Seconds?, Seconds?) = (nil, nil)
        if case .running(let run) = jobs[index].phase { times = (run.delay, now - run.start) }
        jobs[index].phase = .ended(
            .init(at: now, state: .cancelled, delay: times.0, execution: times.1, output: nil, error: nil))
    }

    private mutating func retry(_ id: String, at now: Timestamp) -> SimulatedReply {
        guard let index = find(id, at: now) else { return .notFound }
        guard case .ended(let end) = jobs[index].phase, end.state == .failed || end.state == .timedOut else {
            let word = jobs[index].answer(at: now).status ?? ""
            return .refused(400, "a job that is \(word) cannot be retried")
        }
        jobs[index].queuedAt = now
        jobs[index].phase = .queued
        jobs[index].delivery = nil
        queue.append(jobs[index].serial)
        dispatch(at: now)
        return .ok(JobAnswer(id: jobs[index].reportedID, status: "IN_QUEUE").json)
    }

    private mutating func purge(at now: Timestamp) -> SimulatedReply {
        let waiting = jobs.indices.filter { if case .queued = jobs[$0].phase { true } else { false } }
        // The state of a purged job is documented nowhere, and so is a webhook for it: cancelled, and none.
        for index in waiting { stop(index, at: now) }
        return .ok(["removed": .integer(waiting.count), "status": "completed"])
    }

    func health(at now: Timestamp) -> EndpointHealth {
        var health = EndpointHealth(completed: counters.completed, failed: counters.failed)
        for job in jobs {
            switch job.phase {
            case .queued: health.inQueue += 1
            case .starting:
                health.inQueue += 1
                health.initializing += 1
            case .running:
                health.inProgress += 1
                health.running += 1
            case .ended: break
            }
        }
        health.idle = workers.filter { $0.isWarm(at: now) }.count
        if settings.has(.noWorkers) {
            health.idle = 0
        } else if queue.contains(where: { !canBeTaken($0) }) {
            health.idle = 0
            health.throttled = workers.count - health.running - health.initializing
        }
        health.ready = health.idle + health.running
        return health
    }
}

extension SimulatedReply {
    static func ok(_ json: JSONValue) -> SimulatedReply { SimulatedReply(status: 200, body: json.text()) }
    static let notFound = refused(404, "job not found")

    static func refused(_ status: Int, _ words: String) -> SimulatedReply {
        SimulatedReply(status: status, body: JSONValue.object(["error": .string(words)]).text())
    }
}
