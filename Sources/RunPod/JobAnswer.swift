public import JSONText
import Training

/// RunPod's object for a job, as `/run`, `/status`, `/cancel` and `/retry` answer it and the webhook carries it.
///
/// Read with leave: nothing about it is promised, most fields may be absent, and `output` may be anything.
public struct JobAnswer: Hashable, Sendable {
    public var id: String?
    /// The state's word as it came; nil where there was none or an empty one.
    public var status: String?
    /// Milliseconds from submission to start; counted anew when the job is given to another worker.
    public var delayTime: Int?
    /// Milliseconds on a worker.
    public var executionTime: Int?
    /// How often the platform gave the job to a worker again; absent when never.
    public var retries: Int?
    public var workerId: String?
    /// The result at the end; while in progress, the last progress that the worker reported.
    public var output: JSONValue?
    /// A sentence, or a string that holds JSON, or an object.
    public var error: JSONValue?

    public init(
        id: String?, status: String?, delayTime: Int? = nil, executionTime: Int? = nil, retries: Int? = nil,
        workerId: String? = nil, output: JSONValue? = nil, error: JSONValue? = nil
    ) {
        self.id = id
        self.status = status
        self.delayTime = delayTime
        self.executionTime = executionTime
        self.retries = retries
        self.workerId = workerId
        self.output = output
        self.error = error
    }

    /// Nil where the value is no object.
    public init?(_ json: JSONValue) {
        guard json.object != nil else { return nil }
        id = JobAnswer.text(json["id"])
        status = JobAnswer.text(json["status"])
        delayTime = JobAnswer.whole(json["delayTime"])
        executionTime = JobAnswer.whole(json["executionTime"])
        retries = JobAnswer.whole(json["retries"])
        workerId = JobAnswer.text(json["workerId"])
        output = JobAnswer.present(json["output"])
        error = JobAnswer.present(json["error"])
    }

    /// The object in RunPod's order of keys, without what is absent.
    public var json: JSONValue {
        var object = JSONObject()
        object["delayTime"] = delayTime.map(JSONValue.integer)
        object["error"] = error
        object["executionTime"] = executionTime.map(JSONValue.integer)
        object["id"] = id.map(JSONValue.string)
        object["output"] = output
        object["retries"] = retries.map(JSONValue.integer)
        object["status"] = status.map(JSONValue.string)
        object["workerId"] = workerId.map(JSONValue.string)
        return .object(object)
    }

    private static func text(_ value: JSONValue?) -> String? {
        guard let text = value?.string, !text.isEmpty else { return nil }
        return text
    }

    private static func whole(_ value: JSONValue?) -> Int? {
        guard let value else { return nil }
        if let whole = value.int { return whole }
        guard let number = value.double ?? value.string.flatMap(Double.init), number.isFinite, abs(number) < 9e15 else {
            return nil
        }
        return Int(number)
    }

    private static func present(_ value: JSONValue?) -> JSONValue? { value == .null ? nil : value }
}
