/// One training of ours that came to its end, for estimating the next.
public struct PastRun: Hashable, Sendable {
    public var steps: Int
    /// RunPod's id of the GPU; nil where it was not known.
    public var gpu: String?
    public var times: PhaseTimes
    /// The whole time on a worker, by RunPod's word; nil where it said none.
    public var execution: Seconds?
    /// What its worker cost an hour then; nil where it was not known.
    public var perHour: Money?

    public init(
        steps: Int, gpu: String?, times: PhaseTimes = PhaseTimes(), execution: Seconds? = nil, perHour: Money? = nil
    ) {
        self.steps = steps
        self.gpu = gpu
        self.times = times
        self.execution = execution
        self.perHour = perHour
    }

    /// An attempt of ours that completed; nil for any other.
    init?(_ attempt: Attempt) {
        guard attempt.outcome == .completed, let order = attempt.order else { return nil }
        self.init(
            steps: order.parameters.maxTrainSteps, gpu: attempt.gpu?.gpu, times: attempt.times ?? PhaseTimes(),
            execution: attempt.observed?.executionTime.map { Seconds(milliseconds: Int64($0)) }, perHour: attempt.gpu?.perHour)
    }

    /// Seconds a step: of the training alone where it was timed, else of all that ran, less the two minutes that the table allows; nil
    /// where that leaves nothing.
    var secondsPerStep: Double? {
        guard steps > 0 else { return nil }
        if let training = times.training { return training.inSeconds / Double(steps) }
        guard let execution, execution.inSeconds > RunHistory.tableOverhead else { return nil }
        return (execution.inSeconds - RunHistory.tableOverhead) / Double(steps)
    }
}

/// What our own trainings teach, by steps and GPU; the table stands in where they teach nothing.
public struct RunHistory: Hashable, Sendable {
    private(set) var runs: [PastRun] = []
    /// So many of the newest are remembered.
    private static let memory = 200
    /// Seconds before the first step, and seconds a step, until a run of ours has shown others.
    static let tableOverhead = 120.0
    static let tableSecondsPerStep = 0.9

    public init(_ runs: [PastRun] = []) {
        for run in runs { add(run) }
    }

    public mutating func add(_ run: PastRun) {
        runs.append(run)
        runs.removeFirst(max(0, runs.count - RunHistory.memory))
    }

    /// A figure in seconds, by which share of it the next one may be off, and whether our own runs taught it.
    struct Figure {
        var seconds: Double
        var spread: Double
        var isLearned: Bool
    }

    /// Seconds a step on a GPU: from runs on the same one, else from runs on any, else from the table.
    func secondsPerStep(on gpu: String?) -> Figure {
        let same = gpu == nil ? [] : runs.filter { $0.gpu == gpu }.compactMap(\.secondsPerStep)
        if !same.isEmpty { return figure(same, least: 0.08) }
        let any = runs.compactMap(\.secondsPerStep)
        if !any.isEmpty { return figure(any, least: gpu == nil ? 0.2 : 0.3) }
        return Figure(seconds: RunHistory.tableSecondsPerStep, spread: 0.35, isLearned: false)
    }

    var data: Figure { part(\.data, table: RunHistory.tableOverhead) }
    /// Saving and upload; a few hundred megabytes go in less than a minute.
    var upload: Figure { part(\.upload, table: 20) }

    private func part(_ path: KeyPath<PhaseTimes, Seconds?>, table: Double) -> Figure {
        let seen = runs.compactMap { $0.times[keyPath: path]?.inSeconds }
        return seen.isEmpty ? Figure(seconds: table, spread: 0.5, isLearned: false) : figure(seen, least: 0.25)
    }

    /// The median; one run alone is trusted less than many.
    private func figure(_ values: [Double], least: Double) -> Figure {
        let sorted = values.suffix(20).sorted()
        let median = sorted.median
        let deviation = sorted.map { abs($0 - median) }.sorted().median
        let lone = 0.3 / Double(sorted.count)
        return Figure(
            seconds: median, spread: min(0.6, max(least, lone, median > 0 ? 2 * deviation / median : 0)), isLearned: true)
    }
}
