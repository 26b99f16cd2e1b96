/// How long each part of an attempt took; nil where it was not seen.
public struct PhaseTimes: Hashable, Sendable, Codable {
    /// From RunPod's acceptance until a worker began to start, or took it.
    public var queue: Seconds?
    /// A cold worker's start, until it took the job.
    public var coldStart: Seconds?
    /// From the worker's start on the job to the first step: model, images, latents.
    public var data: Seconds?
    public var training: Seconds?
    /// From the last step to RunPod's word that it has ended: saving and upload.
    public var upload: Seconds?

    public init(
        queue: Seconds? = nil, coldStart: Seconds? = nil, data: Seconds? = nil, training: Seconds? = nil, upload: Seconds? = nil
    ) {
        self.queue = queue
        self.coldStart = coldStart
        self.data = data
        self.training = training
        self.upload = upload
    }
}

/// Takes the time of an attempt's parts, from what is seen of it. What was never seen stays nil.
public struct PhaseClock: Hashable, Sendable {
    private let acceptedAt: Timestamp
    private var workerStartedAt: Timestamp?
    private var runningAt: Timestamp?
    private var firstStepAt: Timestamp?
    private var lastStepAt: Timestamp?
    private var lastStep = 0
    private var isThrough = false
    private var endedAt: Timestamp?

    public init(acceptedAt: Timestamp) { self.acceptedAt = acceptedAt }

    /// When the worker was started, as RunPod's list of workers says; one that was warm started before the job was there.
    public mutating func workerStarted(at time: Timestamp) { workerStartedAt = max(time, acceptedAt) }

    /// It was first seen on a worker.
    public mutating func running(at time: Timestamp) { runningAt = runningAt ?? time }

    /// A step below the last one is the first of another run: the log of a warm worker holds the training before, too.
    public mutating func step(_ step: Int, of steps: Int, at time: Timestamp) {
        if step < lastStep { beginSteps() }
        lastStep = step
        // A first reading in the middle of a training tells nothing about when it began.
        if firstStepAt == nil, step <= max(20, steps / 50) { firstStepAt = time }
        lastStepAt = time
        isThrough = step >= steps - 1
    }

    private mutating func beginSteps() { (firstStepAt, lastStepAt, lastStep, isThrough) = (nil, nil, 0, false) }

    public mutating func ended(at time: Timestamp) { endedAt = endedAt ?? time }

    public var times: PhaseTimes {
        func span(_ from: Timestamp?, _ to: Timestamp?) -> Seconds? {
            guard let from, let to, to >= from else { return nil }
            return to - from
        }
        let onWorker = workerStartedAt.map { started in runningAt.map { min(started, $0) } ?? started }
        return PhaseTimes(
            queue: span(acceptedAt, onWorker ?? runningAt), coldStart: span(onWorker, runningAt),
            data: span(runningAt, firstStepAt),
            training: isThrough ? span(firstStepAt, lastStepAt) : nil, upload: isThrough ? span(lastStepAt, endedAt) : nil)
    }
}
