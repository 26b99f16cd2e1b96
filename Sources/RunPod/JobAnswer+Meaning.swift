import JSONText
public import Training
public import TrainingPorts

extension JobAnswer {
    /// Nil where the answer has no status word: then nothing is known.
    public var observation: RunPodObservation? {
        guard let status else { return nil }
        return RunPodObservation(
            state: RunPodState(status), delayTime: delayTime, executionTime: executionTime, retries: retries, worker: workerId)
    }

    /// What the answer tells about a job; nil where it has no status word.
    /// - Parameter asked: the id that was asked for, where the answer names none.
    public func report(asked: RunPodID) -> JobReport? {
        guard let observation else { return nil }
        return JobReport(
            id: id.map { RunPodID($0) } ?? asked, observation: observation,
            progress: observation.state.isFinal ? nil : output.flatMap { TrainingProgress(output: $0) },
            address: observation.state == .completed ? modelAddress : nil,
            error: errorSentence(for: observation.state))
    }

    /// Where the job says that its model lies: `output.loraUrl`, else `output.model_info.download_url`.
    public var modelAddress: String? {
        let places = [output?["loraUrl"], output?["lora_url"], output?["model_info"]?["download_url"], output?["model_url"]]
        return places.compactMap { $0?.string }.first { !$0.isEmpty }
    }

    private func errorSentence(for state: RunPodState) -> String? {
        if let error { return WorkerError.sentence(error) }
        guard state.isFinal, let output else { return nil }
        let tellsOfFailure = ["error", "failed", "failure"].contains(output["status"]?.string?.lowercased() ?? "")
        guard state != .completed || tellsOfFailure || output["error"] != nil else { return nil }
        return output.object == nil ? nil : WorkerError.sentenceIfAny(output)
    }
}

/// The error of a job that failed, from whatever form the worker or the platform put it in.
enum WorkerError {
    /// One sentence; never raw JSON and never a traceback.
    static func sentence(_ error: JSONValue) -> String {
        sentenceIfAny(error) ?? "the worker gave no reason that can be read"
    }

    static func sentenceIfAny(_ error: JSONValue) -> String? {
        switch error {
        case .string(let text): reading(text)
        case .array(let elements): elements.lazy.compactMap(sentenceIfAny).first
        case .object: reading(error)
        case .number, .bool, .null: nil
        }
    }

    /// A handler that raised leaves a string that holds JSON: `error_type`, `error_message`, `error_traceback`.
    private static func reading(_ text: String) -> String? {
        let trimmed = Sentence.oneLine(text)
        guard let first = trimmed.utf8.first else { return nil }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            return (try? JSONValue(parsing: text)).flatMap(sentenceIfAny)
        }
        let lines = text.split(whereSeparator: \.isNewline)
        if text.contains("Traceback (most recent call last)"), let last = lines.last { return Sentence.oneLine(String(last)) }
        return trimmed
    }

    private static func reading(_ object: JSONValue) -> String? {
        let keys = ["error_message", "message", "error", "detail", "reason", "exception_message"]
        let message = keys.lazy.compactMap { object[$0].flatMap(sentenceIfAny) }.first
        guard let type = object["error_type"]?.string.map(typeName), !type.isEmpty else { return message }
        return message.map { "\(type): \($0)" } ?? type
    }

    /// `ValueError` of `<class 'ValueError'>`.
    private static func typeName(_ text: String) -> String {
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return Sentence.oneLine(parts.count == 3 ? String(parts[1]) : text)
    }
}
