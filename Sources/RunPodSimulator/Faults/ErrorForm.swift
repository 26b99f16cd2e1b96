import JSONText

/// The forms in which RunPod, what stands before it, and workers have been seen to say that something went wrong.
public enum ErrorForm: String, CaseIterable, Hashable, Sendable {
    case error, message, detail, code, list, problem, nested, odd, empty, text, html
    case jobJSON = "job-json"
    case jobText = "job-text"
    case jobTraceback = "job-traceback"
    case jobObject = "job-object"
    case jobInOutput = "job-in-output"
    case jobNone = "job-none"

    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// Whether the job is accepted and fails; else the submission is refused.
    var isOfJob: Bool { rawValue.hasPrefix("job-") }

    /// Content type and body of a refusal.
    var body: (type: String, text: String) {
        let json = "application/json"
        return switch self {
        case .error: (json, #"{"error":"the simulator refuses this request"}"#)
        case .message: (json, #"{"message":"the simulator refuses this request"}"#)
        case .detail: (json, #"{"detail":"the simulator refuses this request"}"#)
        case .code: (json, #"{"error":"the simulator refuses this request","code":"SIMULATED"}"#)
        case .list: (json, #"{"detail":[{"loc":["body","input"],"msg":"field required","type":"value_error"}]}"#)
        case .problem:
            (
                "application/problem+json",
                #"{"title":"Bad Request","status":400,"detail":"the simulator refuses this request","errors":[{"location":"input","message":"is not wanted"}]}"#
            )
        case .nested: (json, #"{"error":{"message":"the simulator refuses this request","type":"invalid_request"}}"#)
        case .odd: (json, #"{"request":"4711","ok":false}"#)
        case .text: ("text/plain", "the simulator refuses this request\n")
        case .html: ("text/html", "<!DOCTYPE html>\n<html><head><title>400 Bad Request</title></head><body></body></html>\n")
        case .empty, .jobJSON, .jobText, .jobTraceback, .jobObject, .jobInOutput, .jobNone: (json, "")
        }
    }

    /// `error` and `output` of a job that failed so.
    /// - Parameter worker: the id that a worker's own error names.
    func jobError(_ words: String, type: String, worker: String) -> (error: JSONValue?, output: JSONValue?) {
        switch self {
        case .jobText: (.string(words), nil)
        case .jobTraceback:
            (.string("Traceback (most recent call last):\n  File \"/handler.py\", line 88, in handler\n\(type): \(words)\n"), nil)
        case .jobObject: (["message": .string(words), "code": 1], nil)
        case .jobInOutput: (nil, ["status": "error", "error": .string(words)])
        case .jobNone: (nil, nil)
        default: (.string(ErrorForm.raised(words, type: type, worker: worker).text()), nil)
        }
    }

    /// What RunPod's Python library makes of a handler that raised.
    private static func raised(_ words: String, type: String, worker: String) -> JSONValue {
        [
            "error_type": .string("<class '\(type)'>"), "error_message": .string(words),
            "error_traceback": .string(
                "Traceback (most recent call last):\n  File \"/handler.py\", line 88\n\(type): \(words)\n"),
            "hostname": .string("\(worker)-64410e2c"), "worker_id": .string(worker), "runpod_version": "1.12.0",
        ]
    }
}
