import Hummingbird
import JSONText
import Training
import TrainingPorts

/// What the desk says, in the forms of the Actor Maker API.
enum TrainingAnswers {
    static func started(_ answer: DeskAnswer) -> Response {
        switch answer {
        case .started(let job, let state):
            .json(["success": true, "job_id": .string(job.rawValue), "status": .string(state.description)])
        case .invalid(let errors, let warnings):
            .json(
                [
                    "error": "Invalid training request",
                    "details": .string(errors.joined(separator: "; ")),
                    "validation": [
                        "errors": .array(errors.map(JSONValue.string)),
                        "warnings": .array(warnings.map(JSONValue.string)),
                        "stats": [:],
                    ],
                ], status: .badRequest)
        case .failed(let details):
            .json(["error": "Failed to start training", "details": .string(details)], status: .internalServerError)
        }
    }

    static func status(_ answer: StatusAnswer, of job: RunPodID) -> Response {
        switch answer {
        case .known(let report): .json(status(report))
        // The deployed server answers so in the first minute of a job, and again once RunPod has dropped it.
        case .notFound(let details): failed("RunPod status error 404: \(details)")
        case .refused(let details): failed("RunPod status error 401: \(details)")
        case .throttled(let details, _): failed("RunPod status error 429: \(details)")
        case .failed(let details): failed(details)
        }
    }

    private static func failed(_ details: String) -> Response {
        .json(["error": "Failed to check status", "details": .string(details)], status: .internalServerError)
    }

    private static func status(_ report: JobReport) -> JSONValue {
        let text = { (value: String?) in value.map(JSONValue.string) ?? .null }
        let number = { (value: Int?) in value.map { JSONValue.integer($0) } ?? .null }
        let seen = report.observation
        return [
            "jobId": .string(report.id.rawValue),
            "status": .string(seen.state.description),
            "loraUrl": text(report.address),
            "error": text(report.error),
            "output": report.progress.map(progress) ?? .null,
            // Ours, under RunPod's names.
            "delayTime": number(seen.delayTime),
            "executionTime": number(seen.executionTime),
            "retries": number(seen.retries),
            "workerId": text(seen.worker),
        ]
    }

    private static func progress(_ progress: TrainingProgress) -> JSONValue {
        var object = JSONObject()
        object["step"] = progress.step.map { .integer($0) }
        object["total_steps"] = progress.steps.map { .integer($0) }
        object["loss"] = progress.loss.map { .double($0) }
        object["message"] = progress.text.map { .string($0) }
        return .object(object)
    }

    static func cancelled(_ answer: CancelAnswer, of job: RunPodID) -> Response {
        let id = JSONValue.string(job.rawValue)
        func failed(_ details: String, _ status: HTTPResponse.Status) -> Response {
            .json(["error": "Failed to cancel training", "details": .string(details), "jobId": id], status: status)
        }
        return switch answer {
        case .taken(let seen): .json(["success": true, "jobId": id, "status": .string(seen.state.description)])
        case .notFound(let details): failed(details, .notFound)
        case .throttled(let details, _): failed(details, .tooManyRequests)
        case .failed(let details): failed(details, .internalServerError)
        case .notSupported: failed("Trainings cannot be cancelled through this server.", .notImplemented)
        }
    }
}
