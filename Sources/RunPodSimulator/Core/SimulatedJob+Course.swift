import JSONText
import RunPod
import Training

/// How a training runs: two minutes of loading, then its steps, nine tenths of a second each, with some jitter.
extension SimulatedJob {
    private var pace: Double {
        var chance = chance(1)
        return chance.between(0.94, 1.06)
    }

    private var loading: Seconds { Seconds.minutes(2) * pace }
    private var duration: Seconds { loading + Seconds(Double(request.steps) * 0.9) * pace }

    /// How long a cold worker takes until it can begin.
    var coldStart: Seconds {
        var chance = chance(2)
        return .seconds(chance.between(20, 75))
    }

    /// The time at which so much of the training, from 0 to 1, is done.
    private func moment(_ share: Double) -> Seconds { loading + (duration - loading) * share }

    func run(on worker: Int, id: String, at start: Timestamp) -> Run {
        var (length, outcome) = course(worker: id)
        let limit = Seconds(milliseconds: Int64(request.executionTimeout))
        if length.map({ $0 > limit }) ?? true { (length, outcome) = (limit, overrun) }
        return Run(
            worker: worker, workerID: id, start: start, delay: start - queuedAt, finish: length.map { start + $0 },
            outcome: outcome)
    }

    private func course(worker: String) -> (Seconds?, Outcome) {
        if let complaint = request.complaint { return (.seconds(3), .fails(complaint, type: "ValueError")) }
        if has(.failsAtOnce) { return (.seconds(2), .fails("the base model could not be loaded", type: "OSError")) }
        if form?.isOfJob == true { return (.seconds(2), .fails("the simulator lets this job fail", type: "RuntimeError")) }
        if has(.failsMidway) {
            return (moment(0.5), .fails("CUDA out of memory. Tried to allocate 1.17 GiB", type: "torch.OutOfMemoryError"))
        }
        if has(.timedOut) { return (moment(0.5), .timesOut("job timed out after \(retries) retries")) }
        if has(.workerLost), retries == 0 { return (moment(0.4), .losesWorker) }
        if has(.stalls) { return (nil, .completes) }
        return (duration, .completes)
    }

    /// Whether an execution limit reads FAILED or TIMED_OUT is documented nowhere: either, by chance.
    private var overrun: Outcome {
        var chance = chance(3)
        let words = "job exceeded its execution timeout of \(request.executionTimeout) ms"
        return chance.next() & 1 == 0 ? .timesOut(words) : .fails(words, type: "")
    }

    /// What the worker last reported; it reports every ten steps.
    func progress(of run: Run, at now: Timestamp) -> JSONValue? {
        let trained = (now - run.start - loading).inSeconds / (duration - loading).inSeconds
        guard trained > 0 else { return nil }
        let share = min(has(.stalls) ? 1.0 / 3 : 1, trained)
        let step = Int(Double(request.steps) * share) / 10 * 10
        guard step > 0 else { return nil }
        return ["step": .integer(step), "steps": .integer(request.steps), "loss": .double(loss(at: step))]
    }

    /// Falls like an exponential and jitters, four digits.
    private func loss(at step: Int) -> Double {
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
        has(.unknownStatus) && (moment(0.2)..<moment(0.6)).contains(now - run.start)
    }
}
