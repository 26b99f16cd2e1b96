import Training
import TrainingPorts

@testable import Orchestration

/// RunPod's own doings.
extension World {
    func accept(_ model: ModelName, request: RequestID?, timeToLive: Int64) -> Int {
        let number = runpod.jobs.count
        let base = "job\(number)-aaaa"
        let id = RunPodID(random.chance(700) ? "\(base)-e\(random.pick(1...2))" : base)
        let isYoung = random.chance(faults.youngNotFound)
        let end: SimulatedRunPod.End =
            random.chance(faults.failsAtOnce + faults.failsLater)
            ? .fails
            : random.chance(faults.workerLost)
                ? .losesWorker
                : random.chance(faults.timesOut) ? .timesOut : random.chance(faults.vanishes) ? .vanishes : .completes
        let isShort = end == .fails && random.chance(500)
        runpod.jobs.append(
            SimulatedRunPod.Job(
                id: id, request: request, actor: model.actor, model: model, submittedAt: now,
                forgottenAt: now + timeToLive, unknownUntil: isYoung ? now + Int64(random.pick(1...60)) * 1000 : now, end: end,
                duration: isShort ? Int64(random.pick(1...900)) : Int64(random.pick(5...50)) * 60_000))
        if let request {
            runpod.accepted[request, default: 0] += 1
            if runpod.accepted[request] ?? 0 > 1 { violate("RunPod accepted \(request) twice") }
            checkOnlyLiveJob(of: model.actor)
        }
        note("RunPod accepts \(id) for \(model), which \(end)")
        runpod.queue.append(number)
        dispatch()
        return number
    }

    private func checkOnlyLiveJob(of actor: ActorID) {
        let own = runpod.jobs.filter { $0.actor == actor && $0.request != nil && runpod.isAlive($0, at: now) }
        guard own.count > 1 else { return }
        let byHand = journal.contains { record in
            guard case .attemptEnded(let ending) = record.event, let id = record.attemptID, core?.ledger[id]?.actor == actor
            else {
                return false
            }
            return ending.reason?.hasPrefix("resolved by hand") == true
        }
        if !byHand { violate("actor \(actor) has \(own.count) trainings at once: \(own.map(\.id))") }
    }

    func dispatch() {
        while !runpod.queue.isEmpty, runpod.jobs.count(where: { $0.state == .inProgress }) < runpod.workers {
            let index = runpod.queue.removeFirst()
            guard runpod.jobs[index].state == .inQueue else { continue }
            if now >= runpod.jobs[index].forgottenAt { continue }
            runpod.jobs[index].state = .inProgress
            runpod.jobs[index].startedAt = now
            schedule(.runpodEnds(job: index, retries: runpod.jobs[index].retries), in: runpod.jobs[index].duration)
        }
    }

    func endJob(_ index: Int, retries: Int) {
        let job = runpod.jobs[index]
        guard job.state == .inProgress, job.retries == retries else { return }
        switch job.end {
        case .completes: complete(index)
        case .fails: finish(index, as: .failed, error: "the data set is empty")
        case .timesOut:
            leaveModel(index)
            finish(index, as: .timedOut, error: nil)
        case .vanishes:
            runpod.jobs[index].forgottenAt = now
            finish(index, as: .failed, error: nil, isTold: false)
            count("RunPod dropped a job")
        case .losesWorker:
            if job.retries == 0 {
                runpod.jobs[index].retries = 1
                runpod.jobs[index].state = .inQueue
                runpod.queue.append(index)
                if random.chance(500) { runpod.jobs[index].end = .completes }
                dispatch()
            } else {
                leaveModel(index)
                finish(index, as: .failed, error: "job timed out after 1 retries")
            }
        }
    }

    /// The worker falls silent after it has uploaded.
    private func leaveModel(_ index: Int) {
        guard random.chance(faults.failsWithModel) else { return }
        count("a failure had left its model")
        runpod.jobs[index].leftModel = true
        store[runpod.jobs[index].model] = .present(storedModel(runpod.jobs[index].model))
    }

    private func complete(_ index: Int) {
        let model = runpod.jobs[index].model
        if random.chance(faults.modelMissing) {
            count("a model was missing")
        } else if random.chance(faults.modelDamaged) {
            store[model] = .broken("cut short")
            count("a model was damaged")
        } else if random.chance(faults.modelLate) {
            schedule(.modelAppears(model), in: Int64(random.pick(1...60)) * 1000)
        } else {
            store[model] = .present(storedModel(model))
        }
        finish(index, as: .completed, error: nil)
    }

    func finish(_ index: Int, as state: RunPodState, error: String?, isTold: Bool = true) {
        let job = runpod.jobs[index]
        runpod.jobs[index].state = state
        runpod.jobs[index].error = error
        runpod.jobs[index].executionTime = job.startedAt.map { Int(now - $0) }
        runpod.jobs[index].forgottenAt = min(job.forgottenAt, now + SimulatedRunPod.retention)
        note("RunPod: \(job.id) is \(state)")
        dispatch()
        guard isTold else { return }
        guard let request = job.request else {
            guard random.chance(faults.foreignCloses) else { return }
            schedule(
                .foreignCloses(job.actor, job.id, state == .completed ? .completed : .failed),
                in: Int64(random.pick(1...90)) * 1000)
            return
        }
        let suffix =
            random.chance(faults.otherSuffix)
            ? "\(job.id.rawValue.split(separator: "-").prefix(2).joined(separator: "-"))-u1" : job.id.rawValue
        let news = WebhookNews(
            runpod: RunPodID(suffix), state: state, address: state == .completed ? address(of: job.model) : nil, error: error)
        schedule(.webhook(WebhookDelivery(request: request, news: news), tries: 0), in: Int64(random.pick(10...2000)))
        if random.chance(faults.webhookDoubled) {
            schedule(.webhook(WebhookDelivery(request: request, news: news), tries: 0), in: Int64(random.pick(1...7200)) * 1000)
        }
    }

    func deliver(_ delivery: WebhookDelivery, tries: Int) {
        if core != nil, now >= asleepUntil, isNetworkUp, !random.chance(faults.webhookLost) {
            if dies() { return }
            countArrival(delivery)
            if forProcess != nil {
                forProcess?.append(.delivery(delivery, tries: tries))
                return
            }
            let journalled = journal.count
            take(.delivered(delivery))
            if mutant == .acceptsLateProgress { forgetEnd(of: delivery.request) }
            if !isDiskFull || journal.count > journalled { return }
        }
        deliverAgain(delivery, tries: tries)
    }

    /// RunPod tries three times.
    func deliverAgain(_ delivery: WebhookDelivery, tries: Int) {
        guard tries < 2 else {
            count("a webhook was lost")
            return
        }
        schedule(.webhook(delivery, tries: tries + 1), in: tries == 0 ? 5_000 : 15_000)
    }

    private func countArrival(_ delivery: WebhookDelivery) {
        guard let attempt = core?.ledger.attempt(withRequest: delivery.request) else { return count("webhook for nobody") }
        switch attempt.phase {
        case .submitting: count("early webhook")
        case .uncertain: count("webhook in doubt")
        case .done: count("late webhook")
        case .queued, .preparing: count("webhook for what was held unsent")
        default: count("webhook in time")
        }
    }

    /// The mutant's late message takes the end back.
    private func forgetEnd(of request: RequestID) {
        guard let core, let attempt = core.ledger.attempt(withRequest: request), attempt.phase.isDone else { return }
        var ledger = Ledger()
        for record in journal {
            if case .attemptEnded = record.event, record.attemptID == attempt.id { continue }
            ledger.apply(record)
        }
        self.core = EngineCore(ledger: ledger, policy: policy, digester: PlainDigester())
        checkAlways()
    }
}
