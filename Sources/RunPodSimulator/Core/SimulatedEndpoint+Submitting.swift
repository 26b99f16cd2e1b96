import JSONText
import RunPod
import Training

extension SimulatedEndpoint {
    /// How often a request with the fault `answer-429` is turned away before it is accepted.
    static let refusalsBeforeAcceptance = 2

    mutating func submit(_ body: JSONValue, at now: Timestamp) -> (reply: SimulatedReply, effects: [SimulatorEffect]) {
        let request: SimulatedRequest
        do { request = try SimulatedRequest(body: body) } catch { return (.refused(400, error.words), []) }
        let assigned = plan.assign(request: request.requestID, model: request.modelName)
        if var refusal = refusal(assigned) {
            refusal.isSlow = assigned.faults.contains(.slowAnswers)
            return (refusal, [])
        }
        guard queue.count <= max(50, settings.workers * 500) else {
            return (SimulatedReply(status: 429, body: #"{"error":"the queue is full"}"#, retryAfter: 10), [])
        }
        let index = accept(request, assigned, at: now)
        var effects: [SimulatorEffect] = []
        var early: [WebhookCall] = []
        if assigned.faults.contains(.webhookEarly), request.complaint == nil {
            (effects, early) = endAtOnce(index, at: now)
        } else {
            queue.append(jobs[index].serial)
            dispatch(at: now)
        }
        return (reply(to: index, early: early), effects)
    }

    private func refusal(_ assigned: FaultPlan.Assigned) -> SimulatedReply? {
        if assigned.faults.contains(.answer429), assigned.submissions <= SimulatedEndpoint.refusalsBeforeAcceptance {
            return SimulatedReply(status: 429, body: #"{"error":"too many requests"}"#, retryAfter: 5)
        }
        if assigned.faults.contains(.refused500) { return .refused(500, "redis err") }
        guard let form = assigned.form, !form.isOfJob else { return nil }
        return SimulatedReply(status: 400, type: form.body.type, body: form.body.text)
    }

    private mutating func accept(_ request: SimulatedRequest, _ assigned: FaultPlan.Assigned, at now: Timestamp) -> Int {
        counters.accepted += 1
        var chance = SplitMix64([instance, settings.seed, UInt64(counters.accepted)] + name.utf8.map(UInt64.init))
        let id = chance.uuid() + (chance.next() & 1 == 0 ? "-u1" : "-e1")
        jobs.append(
            SimulatedJob(
                serial: counters.accepted, id: id, request: request, faults: assigned.faults, form: assigned.form,
                seed: settings.seed,
                submittedAt: now, queuedAt: now))
        return jobs.count - 1
    }

    /// A training that is over at once, so that its webhook comes before the answer to its submission.
    private mutating func endAtOnce(_ index: Int, at now: Timestamp) -> ([SimulatorEffect], [WebhookCall]) {
        let run = SimulatedJob.Run(
            worker: 0, workerID: "", start: now, delay: .seconds(0), finish: now, outcome: .completes)
        let effects = complete(index, run, at: now)
        guard jobs[index].delivery != nil else { return (effects, []) }
        let calls = callWebhook(index, at: now).compactMap { if case .call(let call) = $0 { call } else { nil } }
        return (effects, calls)
    }

    private func reply(to index: Int, early: [WebhookCall]) -> SimulatedReply {
        let job = jobs[index]
        var reply = SimulatedReply.ok(JobAnswer(id: job.id, status: "IN_QUEUE").json)
        if job.has(.answer500) { reply = .refused(500, "redis err") }
        reply.isLost = job.has(.answerLost)
        reply.isSlow = job.has(.slowAnswers)
        reply.earlyCalls = early
        reply.accepted = job.accepted(by: name)
        return reply
    }
}

extension SimulatedJob {
    func accepted(by endpoint: String) -> AcceptedJob {
        AcceptedJob(time: submittedAt, endpoint: endpoint, id: id, request: request.requestID ?? "", model: request.modelName)
    }
}
