import Training

/// One run on one worker, kept for the worker's list, its log and its bill until the worker has been gone for a while.
struct SimulatedRunRecord: Hashable, Sendable {
    let job: SimulatedJob
    let run: SimulatedJob.Run
    /// When its cold worker was told to start; nil for a warm one.
    let coldFrom: Timestamp?
    var endedAt: Timestamp?
    var ending: Ending?

    enum Ending: Hashable, Sendable {
        case completed
        case failed(String)
        case stopped
        case lost
    }

    /// After the end of a worker its log is there for so long.
    static let logRetention = Seconds.minutes(2)

    var gpu: SimulatedGPU { SimulatedGPU(worker: run.workerID) }
    var billedFrom: Timestamp { coldFrom ?? run.start }

    func cost(at now: Timestamp) -> Money { gpu.perHour.anHour(for: (endedAt ?? now) - billedFrom) }

    /// Whether its worker is there: running, or still warm.
    func hasWorker(at now: Timestamp) -> Bool {
        guard let endedAt else { return true }
        return ending != .lost && now < endedAt + SimulatedWorker.warmth
    }

    func hasLog(at now: Timestamp) -> Bool {
        guard let endedAt else { return true }
        return now < endedAt + SimulatedWorker.warmth + SimulatedRunRecord.logRetention
    }
}

extension SimulatedEndpoint {
    mutating func open(_ index: Int, coldFrom: Timestamp?) {
        guard case .running(let run) = jobs[index].phase else { return }
        runs.append(SimulatedRunRecord(job: jobs[index], run: run, coldFrom: coldFrom))
    }

    mutating func close(_ run: SimulatedJob.Run, _ ending: SimulatedRunRecord.Ending, at now: Timestamp) {
        guard let index = runs.lastIndex(where: { $0.run == run && $0.endedAt == nil }) else { return }
        runs[index].endedAt = now
        runs[index].ending = ending
        counters.spent = counters.spent + runs[index].cost(at: now)
    }

    /// What this endpoint has cost in all.
    func spent(at now: Timestamp) -> Money {
        counters.spent + runs.filter { $0.endedAt == nil }.map { $0.cost(at: now) }.total
    }

    /// What it costs an hour at the moment.
    var burn: Money { runs.filter { $0.endedAt == nil }.map(\.gpu.perHour).total }
}
