import JSONText
import RunPod
import Training

/// How a training runs: two minutes of loading, then its steps, nine tenths of a second each on a 4090, with some jitter, and the upload.
extension SimulatedJob {
    func pace(on worker: String) -> SimulatedPace {
        var chance = chance(1)
        let factor = chance.between(0.94, 1.06)
        let training = Seconds(Double(request.steps) * 0.9) * (factor * SimulatedGPU(worker: worker).slowness)
        let upload = Seconds.seconds(chance.between(8, 16))
        return SimulatedPace(
            steps: request.steps, loading: Seconds.minutes(2) * factor - upload, training: training, upload: upload,
            chance: chance)
    }

    /// How long a cold worker takes until it can begin.
    var coldStart: Seconds {
        var chance = chance(2)
        return .seconds(chance.between(20, 75))
    }

    func run(on worker: Int, id: String, at start: Timestamp) -> Run {
        var (length, outcome) = course(worker: id)
        let limit = Seconds(milliseconds: Int64(request.executionTimeout))
        if length.map({ $0 > limit }) ?? true { (length, outcome) = (limit, overrun) }
        return Run(
            worker: worker, workerID: id, start: start, delay: start - queuedAt, finish: length.map { start + $0 },
            outcome: outcome)
    }

    private func course(worker: String) -> (Seconds?, Outcome) {
        let pace = pace(on: worker)
        func moment(_ share: Double) -> Seconds { pace.loading + pace.training * share }
        if let complaint = request.complaint { return (.seconds(3), .fails(complaint, type: "ValueError")) }
        if has(.failsAtOnce) { return (.seconds(2), .fails("the base model could not be loaded", type: "OSError")) }
        if form?.isOfJob == true { return (.seconds(2), .fails("the simulator lets this job fail", type: "RuntimeError")) }
        if has(.failsMidway) {
            return (moment(0.5), .fails("CUDA out of memory. Tried to allocate 1.17 GiB", type: "torch.OutOfMemoryError"))
        }
        if has(.timedOut) { return (moment(0.5), .timesOut("job timed out after \(retries) retries")) }
        if has(.workerLost), retries == 0 { return (moment(0.4), .losesWorker) }
        if has(.stalls) { return (nil, .completes) }
        return (pace.loading + pace.training + pace.upload, .completes)
    }

    /// Whether an execution limit reads FAILED or TIMED_OUT is documented nowhere: either, by chance.
    private var overrun: Outcome {
        var chance = chance(3)
        let words = "job exceeded its execution timeout of \(request.executionTimeout) ms"
        return chance.next() & 1 == 0 ? .timesOut(words) : .fails(words, type: "")
    }

    /// What the worker last reported; it reports every ten steps.
    func progress(of run: Run, at now: Timestamp) -> JSONValue? {
        guard let done = pace(on: run.workerID).steps(at: now - run.start) else { return nil }
        let most = has(.stalls) ? Double(request.steps) / 3 : Double(request.steps)
        let step = Int(min(most, done)) / 10 * 10
        guard step > 0 else { return nil }
        return ["step": .integer(step), "steps": .integer(request.steps), "loss": .double(loss(at: step))]
    }

    /// Falls like an exponential and jitters, four digits.
    func loss(at step: Int) -> Double {
        var chance = SplitMix64([seed, UInt64(serial), 4, UInt64(step)])
        let share = Double(step) / Double(request.steps)
        let fall = exponential(-3.5 * share)
        let value = (0.09 + 0.38 * fall) * chance.between(0.9, 1.1)
        return (value * 10_000).rounded() / 10_000
    }

    /// e to the x for -4...0, by the limit (1 + x/n)^n: exact enough for a picture, and the same on every machine.
    private func exponential(_ x: Double) -> Double {
        var base = 1 + x / 4096
        for _ in 0..<12 { base *= base }
        return base
    }

    func isUnknown(_ run: Run, at now: Timestamp) -> Bool {
        guard has(.unknownStatus) else { return false }
        let pace = pace(on: run.workerID)
        return (pace.loading + pace.training * 0.2..<pace.loading + pace.training * 0.6).contains(now - run.start)
    }
}
