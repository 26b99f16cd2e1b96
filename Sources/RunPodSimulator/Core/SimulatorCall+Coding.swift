import JSONText
import Training

/// One line of the log that a restart replays.
struct SimulatorInput: Hashable, Sendable {
    let time: Timestamp
    let endpoint: String
    let call: SimulatorCall

    var json: JSONValue {
        var object: JSONObject = ["time": .integer(time.milliseconds), "endpoint": .string(endpoint)]
        for (key, value) in call.members { object[key] = value }
        return .object(object)
    }

    init(time: Timestamp, endpoint: String, call: SimulatorCall) {
        self.time = time
        self.endpoint = endpoint
        self.call = call
    }

    /// Nil for a line that was cut off by a crash: what it stood for was never answered.
    init?(line: some Sequence<UInt8>) {
        guard let json = try? JSONValue(parsing: line), let milliseconds = json["time"]?.int,
            let endpoint = json["endpoint"]?.string,
            let call = SimulatorCall(json)
        else { return nil }
        self.init(time: Timestamp(milliseconds: Int64(milliseconds)), endpoint: endpoint, call: call)
    }
}

extension SimulatorCall {
    fileprivate var members: [(String, JSONValue)] {
        switch self {
        case .run(let body): [("call", "run"), ("body", body)]
        case .status(let id): [("call", "status"), ("job", .string(id))]
        case .cancel(let id): [("call", "cancel"), ("job", .string(id))]
        case .retry(let id): [("call", "retry"), ("job", .string(id))]
        case .purge: [("call", "purge")]
        case .health: [("call", "health")]
        case .webhookAnswered(let job, let number, let taken):
            [("call", "webhook"), ("job", .string(job)), ("number", .integer(number)), ("taken", .bool(taken))]
        case .settings(let settings):
            [
                ("call", "settings"), ("seed", .string(String(settings.seed))), ("workers", .integer(settings.workers)),
                ("faults", .array(settings.faults.map { .string($0.description) })),
            ]
        case .carried(let counters, let used):
            [
                ("call", "carried"), ("accepted", .integer(counters.accepted)), ("completed", .integer(counters.completed)),
                ("failed", .integer(counters.failed)), ("retried", .integer(counters.retried)),
                ("spent", .integer(Int(counters.spent.microdollars))),
                ("used", .array(used.map(JSONValue.integer))),
            ]
        }
    }

    fileprivate init?(_ json: JSONValue) {
        let job = json["job"]?.string
        switch (json["call"]?.string, job) {
        case ("run", _):
            guard let body = json["body"] else { return nil }
            self = .run(body)
        case ("status", let job?): self = .status(job)
        case ("cancel", let job?): self = .cancel(job)
        case ("retry", let job?): self = .retry(job)
        case ("purge", _): self = .purge
        case ("health", _): self = .health
        case ("webhook", let job?):
            guard let number = json["number"]?.int, let taken = json["taken"]?.bool else { return nil }
            self = .webhookAnswered(job: job, number: number, taken: taken)
        case ("settings", _):
            guard let seed = json["seed"]?.string.flatMap({ UInt64($0) }), let workers = json["workers"]?.int else { return nil }
            let faults = (json["faults"]?.array ?? []).compactMap { $0.string.flatMap { try? FaultOrder(parsing: $0) } }
            self = .settings(SimulatorSettings(seed: seed, workers: workers, faults: faults))
        case ("carried", _):
            func number(_ key: String) -> Int { json[key]?.int ?? 0 }
            self = .carried(
                .init(
                    accepted: number("accepted"), completed: number("completed"), failed: number("failed"),
                    retried: number("retried"), spent: Money(microdollars: Int64(number("spent")))),
                faultsUsed: (json["used"]?.array ?? []).compactMap(\.int))
        default: return nil
        }
    }
}
