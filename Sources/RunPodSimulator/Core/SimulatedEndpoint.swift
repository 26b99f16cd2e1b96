import JSONText
import RunPod
import Training

/// A RunPod queue endpoint as a value: jobs, workers and webhooks, with time as a parameter and chance from a seed.
///
/// What it does depends only on its inputs and their times, not on how often it is asked: a restart replays the inputs and is where
/// it was. Nothing here reads a clock, waits, or reaches outside; what must be done there is returned as effects.
struct SimulatedEndpoint: Sendable {
    let name: String
    /// Chosen once for each state folder, so that ids of a fresh simulation never equal those of an earlier one.
    let instance: UInt64
    var settings: SimulatorSettings
    var plan: FaultPlan
    var jobs: [SimulatedJob] = []
    /// Serials of those who wait, first come first served.
    var queue: [Int] = []
    var workers: [SimulatedWorker]
    var limits = CallLimits()
    var counters = Counters()
    /// Runs on workers that are there, or were not long ago.
    var runs: [SimulatedRunRecord] = []

    /// What outlives the jobs: kept when the log of inputs is begun anew.
    struct Counters: Hashable, Sendable {
        var accepted = 0
        var completed = 0
        var failed = 0
        /// How often the platform gave a job to a worker again.
        var retried = 0
        /// What ended runs have cost.
        var spent = Money.zero
    }

    init(name: String, instance: UInt64, settings: SimulatorSettings) {
        self.name = name
        self.instance = instance
        self.settings = settings
        plan = FaultPlan(settings.faults)
        workers = (0..<settings.workers).map { _ in SimulatedWorker() }
    }

    /// Lets everything happen that is due by `now`, in the order of its time.
    mutating func advance(to now: Timestamp) -> [SimulatorEffect] {
        var effects: [SimulatorEffect] = []
        while let next = nextEvent, next <= now { effects += happen(at: next) }
        runs.removeAll { !$0.hasLog(at: now) }
        jobs.removeAll { $0.isForgotten(at: now) && !$0.isOpen && $0.delivery?.due == nil && $0.delivery?.isUnderWay != true }
        return effects
    }

    /// When something will happen by itself; nil where nothing will.
    var nextEvent: Timestamp? {
        var times = jobs.compactMap { job -> Timestamp? in
            switch job.phase {
            case .queued: job.endOfLife
            case .starting(_, let ready): min(ready, job.endOfLife)
            case .running(let run): run.finish
            case .ended: job.delivery?.due
            }
        }
        if queue.contains(where: canBeTaken), let free = workers.compactMap(\.freeAgain).min() { times.append(free) }
        return times.min()
    }

    /// Whether jobs wait, run, or have a webhook to be called.
    var isBusy: Bool { jobs.contains { $0.isOpen || $0.delivery?.due != nil || $0.delivery?.isUnderWay == true } }

    private mutating func happen(at now: Timestamp) -> [SimulatorEffect] {
        var effects: [SimulatorEffect] = []
        for index in jobs.indices {
            switch jobs[index].phase {
            case .queued where jobs[index].endOfLife <= now: remove(index, at: now)
            case .starting(let worker, _) where jobs[index].endOfLife <= now:
                workers[worker].release(at: now)
                remove(index, at: now)
            case .starting(let worker, let ready) where ready <= now: begin(index, on: worker, at: now)
            case .running(let run) where run.finish.map { $0 <= now } ?? false: effects += finish(index, run, at: now)
            case .ended where jobs[index].delivery?.due.map { $0 <= now } ?? false: effects += callWebhook(index, at: now)
            case .queued, .starting, .running, .ended: break
            }
        }
        dispatch(at: now)
        return effects
    }

    /// The end of a lifetime deletes a job that waits; one that runs is deleted from sight only, nothing says that its worker stops.
    private mutating func remove(_ index: Int, at now: Timestamp) {
        queue.removeAll { $0 == jobs[index].serial }
        jobs[index].phase = .ended(.init(at: now, state: .timedOut, delay: nil, execution: nil, output: nil, error: nil))
    }
}
