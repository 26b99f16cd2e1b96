import Training

/// A line of a worker's log.
struct SimulatedLogLine: Hashable, Sendable {
    let time: Timestamp
    let source: String
    let text: String
}

/// What a real trainer prints in a run, as a function of the run: the same run has the same log, however often it is asked for.
struct SimulatedLog {
    private enum Entry {
        case line(String)
        case bar(step: Int)
    }

    /// A line of the training's bar every so many steps.
    private static let stepsPerLine = 5

    let record: SimulatedRunRecord
    let pace: SimulatedPace
    private var entries: [(time: Timestamp, source: String, entry: Entry)] = []

    init(_ record: SimulatedRunRecord) {
        self.record = record
        pace = record.job.pace(on: record.run.workerID)
        if let cold = record.coldFrom {
            add("create container train/flux-lora:1.4", at: cold, source: "system")
            add("start container", at: record.run.start, source: "system")
        }
        addOpening()
        addTraining()
        addEnding()
        let end = record.endedAt
        let start = record.coldFrom ?? record.run.start
        entries = entries.filter { entry in end.map { entry.time <= $0 } ?? true }
        entries.sort { $0.time < $1.time }
        // An id is a time, so no two lines have the same.
        var earlier = start + Seconds(milliseconds: -1)
        for index in entries.indices {
            entries[index].time = max(entries[index].time, earlier + Seconds(milliseconds: 1))
            earlier = entries[index].time
        }
    }

    /// Lines of a source after a time and up to now.
    func lines(source: String, after: Timestamp?, to now: Timestamp) -> [SimulatedLogLine] {
        let wanted = entries.filter { entry in
            entry.source == source && entry.time <= now && (after.map { entry.time > $0 } ?? true)
        }
        return wanted.map {
            SimulatedLogLine(time: $0.time, source: source, text: text(of: $0.entry, at: $0.time))
        }
    }

    /// When the next one comes; nil where none is planned.
    func next(source: String, after now: Timestamp) -> Timestamp? {
        entries.first { $0.time > now && $0.source == source }?.time
    }

    private mutating func add(_ text: String, at time: Timestamp, source: String = "container") {
        entries.append((time, source, .line(text)))
    }

    private mutating func addOpening() {
        let lines = SimulatedLog.opening(record.job.request)
        for (index, line) in lines.enumerated() {
            add(line, at: record.run.start + pace.loading * (0.97 * Double(index + 1) / Double(lines.count)))
        }
    }

    private mutating func addTraining() {
        let perEpoch = max(1, record.job.request.images * 2)
        let steps = record.job.has(.stalls) ? pace.steps / 3 : pace.steps
        for step in stride(from: 0, through: steps, by: SimulatedLog.stepsPerLine) {
            let time = record.run.start + pace.time(ofStep: Double(step))
            if step / perEpoch != (step - SimulatedLog.stepsPerLine) / perEpoch || step == 0 {
                add("epoch \(step / perEpoch + 1)/\((pace.steps - 1) / perEpoch + 1)", at: time)
            }
            entries.append((time, "container", .bar(step: step)))
        }
    }

    private mutating func addEnding() {
        let name = "\(record.job.request.modelName)_rank\(record.job.request.rank)_bf16.safetensors"
        let last = record.run.start + pace.time(ofStep: Double(pace.steps))
        if !record.job.has(.stalls) {
            add("INFO     saving checkpoint: /workspace/output/\(name)", at: last + pace.upload * 0.1)
            add("INFO     model saved.", at: last + pace.upload * 0.3)
            add("INFO     Uploading \(name) to S3", at: last + pace.upload * 0.4)
        }
        guard let end = record.endedAt else { return }
        switch record.ending {
        case .failed(let words):
            add("Traceback (most recent call last):", at: end)
            add("  File \"/workspace/train.py\", line 412, in train", at: end)
            add("RuntimeError: \(words)", at: end)
        case .stopped: add("INFO     stopped", at: end)
        case .completed, .lost, nil: break
        }
    }

    private func text(of entry: Entry, at time: Timestamp) -> String {
        switch entry {
        case .line(let text): text
        case .bar(let step):
            // The bar is drawn anew with every step, and the log gets several drawings in one line.
            [max(0, step - 2), step].map { "\r" + bar(at: $0, time) }.joined()
        }
    }
}
