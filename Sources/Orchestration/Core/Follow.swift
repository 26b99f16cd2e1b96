import Training

/// What is remembered of a worker's log while it is followed; a restart begins it anew.
struct Follow: Hashable, Sendable {
    let worker: String
    let history: RunHistory
    var estimator: TimeEstimator
    var clock: PhaseClock
    var loss = LossCurve()
    /// The id of the newest line, where to go on.
    var last: String?
    /// Tells the lines of the jobs before from the attempt's own.
    var beginning: LogBeginning
    /// When its newest line was written, by RunPod's clock.
    var heardUntil: Timestamp?
    /// Steps were read out of the log; what `/status` tells of them is older.
    var hasSteps = false
    /// The worker is gone or its log may not be read.
    var isOver = false
    /// The twentieth of the steps whose bar was shown last.
    private var shownPart = -1

    init(
        worker: String, steps: Int, gpu: String?, acceptedAt: Timestamp, startedAt: Timestamp?, history: RunHistory,
        heardElsewhere: Timestamp?
    ) {
        self.worker = worker
        self.history = history
        beginning = LogBeginning(heardElsewhere: heardElsewhere)
        estimator = TimeEstimator(steps: steps, gpu: gpu)
        clock = PhaseClock(acceptedAt: acceptedAt)
        if let startedAt { clock.running(at: startedAt) }
    }

    mutating func note(_ reading: TrainerLogLine.StepReading, at time: Timestamp) {
        if estimator.steps != reading.steps { estimator = TimeEstimator(steps: reading.steps, gpu: estimator.gpu) }
        estimator.note(step: reading.step, at: time)
        clock.step(reading.step, of: reading.steps, at: time)
        if let value = reading.loss { loss.note(value, step: reading.step) }
    }

    /// Whether a bar's line goes into the log: one for each twentieth of the way, as a terminal would show but one.
    mutating func shows(_ reading: TrainerLogLine.StepReading) -> Bool {
        let part = reading.step * 20 / max(1, reading.steps)
        guard part != shownPart else { return false }
        shownPart = part
        return true
    }
}
