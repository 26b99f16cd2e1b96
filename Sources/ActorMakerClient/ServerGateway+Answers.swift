import JSONText
import Training
import TrainingPorts

extension ServerGateway {
    static func status(_ answer: ServerAnswer, of job: RunPodID) -> StatusAnswer {
        guard answer.status == 200, let json = answer.json, let word = json["status"]?.string else {
            return failure(answer)
        }
        let output = json["output"]
        let observation = RunPodObservation(
            state: RunPodState(word), delayTime: json["delayTime"]?.int, executionTime: json["executionTime"]?.int,
            retries: json["retries"]?.int, worker: json["workerId"]?.string)
        return .known(
            JobReport(
                id: json["jobId"]?.string.map(RunPodID.init) ?? job, observation: observation,
                progress: observation.state.isFinal ? nil : output.flatMap(TrainingProgress.init(reading:)),
                address: text(json["loraUrl"]) ?? text(output?["loraUrl"]),
                error: text(json["error"]) ?? text(output?["error"])))
    }

    /// The server hides RunPod's status in a sentence of its own, `RunPod status error 404: …`, and in that form alone it is believed:
    /// another server on the port answers 404 to every path, and a job's id may hold `404` between two hyphens.
    private static func failure(_ answer: ServerAnswer) -> StatusAnswer {
        guard let words = answer.words else { return .failed("the server answered \(answer.status) without a status") }
        switch answer.statusOfRunPod {
        case 404: return .notFound(words)
        case 401, 403: return .refused(words)
        case 429: return .throttled(words, retryAfter: answer.wait)
        default: return answer.status == 429 ? .throttled(words, retryAfter: answer.wait) : .failed(words)
        }
    }

    static func cancellation(_ answer: ServerAnswer) -> CancelAnswer {
        let words = answer.words ?? "the server answered \(answer.status)"
        let knowsCall = answer.json?["jobId"] != nil
        switch answer.status {
        case 200 where answer.json?["success"]?.bool == true:
            return .taken(RunPodObservation(state: RunPodState(answer.json?["status"]?.string ?? "CANCELLED")))
        case 404 where knowsCall: return .notFound(words)
        // The deployed server has no such call: it answers with its page, or that it knows no such path.
        case 200, 404, 405, 501: return .notSupported
        case 429: return .throttled(words, retryAfter: answer.wait)
        default: return .failed(words)
        }
    }

    private static func text(_ json: JSONValue?) -> String? {
        guard let json, !json.isNull else { return nil }
        let text = json.string ?? json.text()
        return text.isEmpty ? nil : text
    }
}

extension ServerAnswer {
    /// What RunPod answered the server, by its known sentence; nil where it does not say that.
    fileprivate var statusOfRunPod: Int? {
        let sentences = [json?["details"]?.string, json?["error"]?.string].compactMap(\.self)
        let known = "RunPod status error "
        guard let rest = sentences.first(where: { $0.hasPrefix(known) })?.dropFirst(known.count) else { return nil }
        let number = rest.prefix { $0.isASCII && $0.isNumber }
        let follows = rest.dropFirst(number.count).first
        return follows == nil || follows == ":" ? Int(number) : nil
    }
}

extension TrainingProgress {
    /// Reads what a worker reports while it is in progress, in the forms that are known; nil for anything else.
    init?(reading json: JSONValue) {
        if let text = json.string {
            self.init(text: text)
            return
        }
        guard json.object != nil else { return nil }
        self.init(
            step: (json["step"] ?? json["current_step"])?.int,
            steps: (json["total_steps"] ?? json["max_train_steps"] ?? json["steps"])?.int,
            loss: json["loss"]?.double, text: (json["message"] ?? json["text"])?.string)
        if self == TrainingProgress() { return nil }
    }
}
