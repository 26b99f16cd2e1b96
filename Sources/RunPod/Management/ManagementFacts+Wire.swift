import JSONText
import Training
import TrainingPorts

extension JSONValue {
    /// A name or a number as text; nil where there is none.
    fileprivate func text(_ keys: String...) -> String? {
        keys.lazy.compactMap { self[$0]?.string }.first { !$0.isEmpty }
    }

    fileprivate func whole(_ key: String) -> Int? {
        self[key].flatMap { $0.int ?? $0.double.flatMap { $0.isFinite && abs($0) < 9e15 ? Int($0) : nil } }
    }

    fileprivate func time(_ key: String) -> Timestamp? { self[key]?.string.flatMap { Timestamp(parsing: $0) } }

    /// Dollars, exactly as they were written, as a number or as a text.
    func money(_ key: String) -> Money? {
        switch self[key] {
        case .number(let text), .string(let text): Money(parsing: text)
        default: nil
        }
    }
}

extension EndpointFacts {
    init?(_ json: JSONValue) {
        guard let id = json.text("id") else { return nil }
        let (gpu, workers) = (json["gpu"] ?? .null, json["workers"] ?? .null)
        let pools = gpu["pools"]?.array ?? []
        self.init(
            id: id, name: json.text("name"), type: json.text("type"),
            pools: pools.compactMap { $0.string ?? $0.text("id", "name") }, gpuCount: gpu.whole("count") ?? 1,
            leastWorkers: workers.whole("min"), mostWorkers: workers.whole("max"),
            idleTimeout: workers.whole("idleTimeout").map { Seconds(Double($0)) },
            executionTimeout: json.whole("timeout").flatMap { $0 > 0 ? Seconds(milliseconds: Int64($0)) : nil }, raw: json)
    }
}

extension WorkerFacts {
    init?(_ json: JSONValue) {
        guard let id = json.text("id") else { return nil }
        self.init(
            id: id, status: json.text("status"), gpu: json.text("gpuTypeId", "gpuType"), dataCenter: json.text("dataCenterId"),
            startedAt: json.time("startedAt"), uptime: json.whole("uptimeSeconds").map { Seconds(Double($0)) },
            isStale: json["isStale"]?.bool ?? false, image: json.text("image"), raw: json)
    }
}

extension GPUPrice {
    init?(_ json: JSONValue) {
        guard let id = json.text("id") else { return nil }
        self.init(
            id: id, name: json.text("name", "displayName") ?? id, pool: json.text("pool"), memory: json.whole("memory"),
            perHour: json["price"]?.money("serverless"), availability: json.text("availability"))
    }
}

extension AccountFacts {
    init?(_ json: JSONValue) {
        guard let balance = json.money("clientBalance") else { return nil }
        self.init(balance: balance, spendPerHour: json.money("currentSpendPerHr"), spendLimit: json.money("spendLimit"))
    }
}

extension BillRecord {
    init?(_ json: JSONValue) {
        guard let start = json.time("startTime"), let total = json.money("totalAmount") else { return nil }
        self.init(
            start: start, end: json.time("endTime"), total: total, gpu: json.money("gpuAmount"), disk: json.money("diskAmount"),
            fee: json.money("feeAmount"))
    }
}

extension WorkerLogLine {
    /// The data of one event: an object, or a line as it is.
    init(_ event: ServerSentEvent) {
        let json = try? JSONValue(parsing: event.data)
        guard let json, let line = json["line"]?.string ?? json["message"]?.string else {
            self.init(id: event.id, source: nil, time: nil, line: event.data)
            return
        }
        self.init(id: event.id, source: json.text("source"), time: json.time("ts"), line: line)
    }
}
