import JSONText
import RunPod
import Training

/// What the management API shows of an endpoint.
extension SimulatedEndpoint {
    func facts() -> JSONValue {
        [
            "id": .string(name), "name": "simulated lora trainer", "type": "QUEUE",
            "gpu": ["pools": .array(SimulatedGPU.pools.map(JSONValue.string)), "count": 1],
            "workers": [
                "min": 0, "max": .integer(settings.has(.noWorkers) ? 0 : settings.workers),
                "idleTimeout": .integer(Int(SimulatedWorker.warmth.inSeconds)),
            ],
            "scaling": ["type": "QUEUE_DELAY", "value": 4],
            // Zero is what RunPod says of an endpoint that names none.
            "timeout": .integer(settings.has(.shortTimeout) ? RunPodLimits.defaultExecutionTimeout : 0), "flashboot": true,
        ]
    }

    func workerList(at now: Timestamp) -> JSONValue {
        var seen: Set<String> = []
        var list: [JSONValue] = []
        for record in runs.reversed() where record.hasWorker(at: now) && seen.insert(record.run.workerID).inserted {
            list.append(
                worker(record.run.workerID, record.endedAt == nil ? "RUNNING" : "IDLE", since: record.billedFrom, at: now))
        }
        for job in jobs {
            guard case .starting(let place, let ready) = job.phase else { continue }
            list.append(worker(workers[place].id, "INITIALIZING", since: ready + job.coldStart * -1, at: now))
        }
        func count(_ word: String) -> JSONValue { .integer(list.filter { $0["status"]?.string == word }.count) }
        return [
            "summary": [
                "running": count("RUNNING"), "idle": count("IDLE"), "initializing": count("INITIALIZING"), "throttled": 0,
                "unhealthy": 0, "total": .integer(list.count),
            ],
            "workers": .array(list),
        ]
    }

    private func worker(_ id: String, _ status: String, since: Timestamp, at now: Timestamp) -> JSONValue {
        [
            "id": .string(id), "status": .string(status), "gpuTypeId": .string(SimulatedGPU(worker: id).id),
            "dataCenterId": "EU-RO-1", "uptimeSeconds": .integer(max(0, Int((now - since).inSeconds))),
            "startedAt": .string(since.description), "isStale": false, "image": "train/flux-lora:1.4",
        ]
    }

    /// New lines of a worker's log; nil where there is no such worker and no log of one.
    func log(of worker: String, source: String, after: Timestamp?, tail: Int?, at now: Timestamp) -> SimulatedLogReading? {
        let records = runs.filter { $0.run.workerID == worker && $0.hasLog(at: now) }
        let isStarting = jobs.contains {
            if case .starting(let place, _) = $0.phase { workers[place].id == worker } else { false }
        }
        guard !records.isEmpty || isStarting else { return nil }
        let logs = records.map(SimulatedLog.init)
        var lines = logs.flatMap { $0.lines(source: source, after: after, to: now) }
        if let tail { lines = Array(lines.suffix(tail)) }
        return SimulatedLogReading(
            lines: lines, next: logs.compactMap { $0.next(source: source, after: now) }.min(),
            isOver: !isStarting && !records.contains { $0.hasWorker(at: now) })
    }

    func bills(at now: Timestamp) -> JSONValue {
        let day = Timestamp(milliseconds: now.milliseconds / 86_400_000 * 86_400_000)
        let total = JSONValue.double(spent(at: now).dollars)
        return [
            "records": [
                [
                    "startTime": .string(day.description), "endTime": .string((day + .hours(24)).description),
                    "serverlessId": .string(name), "totalAmount": total, "gpuAmount": total, "cpuAmount": 0, "diskAmount": 0,
                    "feeAmount": 0,
                ]
            ],
            "metadata": ["recordCount": 1, "totals": ["totalAmount": total], "uniqueServerlessCount": 1],
        ]
    }
}

struct SimulatedLogReading: Sendable {
    let lines: [SimulatedLogLine]
    /// When the next one comes, where that is known.
    let next: Timestamp?
    /// The worker is gone: nothing more will come.
    let isOver: Bool
}

/// What the account shows and the catalogue lists.
enum SimulatedAccount {
    /// What it holds before anything was trained.
    static let openingBalance = Money(microdollars: 50_000_000)

    /// The same with the fault `low-balance`: less than any training costs.
    static let lowBalance = Money(microdollars: 100_000)

    static func json(spent: Money, burn: Money, isLow: Bool = false) -> JSONValue {
        let balance = (isLow ? lowBalance : openingBalance) - spent
        return [
            "data": [
                "myself": [
                    "id": "user_simulated", "email": "nobody@example.invalid",
                    "clientBalance": .double(balance.dollars), "currentSpendPerHr": .double(burn.dollars),
                    "spendLimit": 80,
                ]
            ]
        ]
    }

    static var catalogue: JSONValue {
        let pools = Set(SimulatedGPU.pools)
        return [
            "gpus": .array(
                PriceCatalogue.published.gpus.map { gpu in
                    let perHour = gpu.perHour?.dollars ?? 0
                    return [
                        "id": .string(gpu.id), "name": .string(gpu.name), "pool": gpu.pool.map(JSONValue.string) ?? .null,
                        "memory": .integer(gpu.memory ?? 0),
                        "price": [
                            "secure": .double(perHour * 0.4), "community": .double(perHour * 0.3), "serverless": .double(perHour),
                        ],
                        "availability": .string(gpu.pool.map(pools.contains) == true ? "HIGH" : "LOW"),
                    ]
                })
        ]
    }
}
