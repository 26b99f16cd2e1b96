import JSONText
import RunPod
import Training

extension SimulatedJob {
    /// The minute in which a job may still be unknown.
    static let firstMinute = Seconds.minutes(1)
    static let retention = Seconds(milliseconds: Int64(RunPodLimits.resultRetention))

    /// Whether the platform has nothing under this job's id, and never will again.
    func isForgotten(at now: Timestamp) -> Bool {
        if now >= endOfLife { return true }
        guard case .ended(let end) = phase else { return false }
        return now >= end.at + SimulatedJob.retention
    }

    func answers(to id: String, at now: Timestamp) -> Bool {
        if isForgotten(at: now) { return false }
        if has(.notFoundAtFirst), now - submittedAt < SimulatedJob.firstMinute { return false }
        if has(.resultDropped), case .ended = phase { return false }
        if id == self.id { return !(has(.suffixMoved) && hasStarted) }
        return id == otherID && hasStarted && (has(.suffixChanged) || has(.suffixMoved))
    }

    private var hasStarted: Bool {
        switch phase {
        case .queued, .starting: retries > 0
        case .running, .ended: true
        }
    }

    /// The same job with another suffix.
    var otherID: String {
        let base = id.lastIndex(of: "-").map { id[..<$0] } ?? id[...]
        return "\(base)-\(id.hasSuffix("-u1") ? "e2" : "u2")"
    }

    var reportedID: String { hasStarted && (has(.suffixChanged) || has(.suffixMoved)) ? otherID : id }

    func answer(at now: Timestamp) -> JobAnswer {
        var answer = JobAnswer(id: reportedID, status: "IN_QUEUE", retries: retries > 0 ? retries : nil)
        switch phase {
        case .queued, .starting: break
        case .running(let run):
            answer.status = isUnknown(run, at: now) ? "RESUMING" : "IN_PROGRESS"
            answer.delayTime = Int(run.delay.milliseconds)
            answer.output = progress(of: run, at: now)
            // The running time comes with the first report, as it was seen to.
            if case .some = answer.output { answer.executionTime = Int((now - run.start).milliseconds) }
            answer.workerId = run.workerID
        case .ended(let end):
            answer.status = end.state.description
            answer.delayTime = end.delay.map { Int($0.milliseconds) }
            answer.executionTime = end.execution.map { Int($0.milliseconds) }
            answer.output = end.output
            answer.error = end.error
        }
        return answer
    }

    /// What the webhook carries: the status object, the whole input and the webhook's own address, its keys in order.
    func webhookBody(at now: Timestamp) -> JSONValue {
        var members = answer(at: now).json.object?.members.map { ($0.key, $0.value) } ?? []
        members.append(("input", request.input))
        if let webhook = request.webhook { members.append(("webhook", .string(webhook))) }
        var object = JSONObject()
        for (key, value) in members.sorted(by: { $0.0 < $1.0 }) { object[key] = value }
        return .object(object)
    }

    /// What the real worker returns after a training.
    func output(size: Int, execution: Seconds) -> JSONValue {
        let name = "\(request.modelName).safetensors"
        let address = "https://s3-accelerate.amazonaws.com/\(request.location.bucket)/\(request.location.key)"
        let seconds = max(0, (execution.inSeconds - 3.9) * 100).rounded() / 100
        return [
            "job_id": .string(request.requestID ?? id),
            "loraName": .string(name),
            "loraUrl": .string(address),
            "message": .string("LoRA training completed successfully in \(JSONValue.double(seconds).text()) seconds"),
            "model_info": [
                "download_url": .string(address), "file_extension": ".safetensors", "model_type": "lora", "name": .string(name),
                "size_bytes": .integer(size),
            ],
            "status": "success",
            "tenant_id": .string(request.tenantID),
            "training_type": "character",
            "user_id": .string(request.userID),
        ]
    }
}
