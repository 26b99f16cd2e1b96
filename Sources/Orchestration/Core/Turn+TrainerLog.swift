import EngineAPI
import Training
import TrainingPorts

extension Turn {
    /// Lines that were on their way when the attempt left its worker, or ended, are shown all the same: of a failed training they are the
    /// ones that say why. The progress is that of an attempt on its worker alone.
    mutating func logLines(_ id: AttemptID, _ lines: [WorkerLogLine]) {
        var follow = runtime.follows[id]
        var newest: (progress: TrainingProgress, time: Timestamp)?
        let read = lines.map { (raw: $0, read: TrainerLogLine($0.line)) }
        let earliest = ledger[id]?.earliestStart ?? now
        let strangers = follow?.beginning.strangers(in: read, earliest: earliest, at: now, scale: runtime.timeScale) ?? 0
        for (line, parsed) in read.dropFirst(strangers) {
            // Measured by RunPod's clock alone: lines of the past come in a heap, and ours may be wrong.
            let time = line.time ?? now
            if let written = line.time { follow?.heardUntil = written }
            if let stage = parsed.stage { follow?.estimator.note(stage, at: time) }
            var isShown = !parsed.text.isEmpty
            if let reading = parsed.progress {
                follow?.hasSteps = true
                follow?.note(reading, at: time)
                isShown = follow?.shows(reading) ?? false
                newest = (TrainingProgress(step: reading.step, steps: reading.steps, loss: reading.loss), time)
            }
            if isShown { readings.append(.log(LogLine(time: now, severity: parsed.severity, attempt: id, text: parsed.text))) }
        }
        let last = lines.last { $0.id != nil }?.id
        if let worker = follow?.worker ?? ledger[id]?.observed?.worker, let last { runtime.logEnds[worker] = last }
        guard var follow else { return }
        follow.last = last ?? follow.last
        runtime.follows[id] = follow
        guard let newest, let attempt = ledger[id], attempt.isOnWorker, attempt.observed?.worker == follow.worker else { return }
        publish(newest.progress, of: id, at: newest.time)
    }

    mutating func logEnded(_ id: AttemptID, _ end: LogEnd) {
        guard let worker = runtime.follows[id]?.worker else { return }
        switch end {
        case .cancelled: return
        case .gone: break
        case .refused(let words): log("the log of worker \(worker) cannot be read: \(words)", .warning, for: id)
        }
        runtime.follows[id]?.isOver = true
    }

    /// What a poll tells of the progress. Where the log is read, that knows better.
    mutating func noteProgress(_ progress: TrainingProgress, of id: AttemptID) {
        guard runtime.follows[id]?.hasSteps != true, progress != runtime.progress[id]?.progress else { return }
        if let step = progress.step, let steps = progress.steps, step <= steps, var follow = runtime.follows[id] {
            follow.note(TrainerLogLine.StepReading(step: step, steps: steps, loss: progress.loss), at: now)
            runtime.follows[id] = follow
        }
        publish(progress, of: id, at: now)
    }

    private mutating func publish(_ progress: TrainingProgress, of id: AttemptID, at time: Timestamp) {
        let earlier = runtime.progress[id]
        var rate = earlier?.rate
        if let measured = runtime.follows[id]?.estimator.meter.secondsPerStep?.median {
            rate = 1 / measured
        } else if let earlier, let from = earlier.progress.step, let to = progress.step, to > from, now > earlier.asOf {
            let measured = Double(to - from) / (now - earlier.asOf).inSeconds
            rate = rate.map { $0 * 0.6 + measured * 0.4 } ?? measured
        }
        var reading = ProgressReading(progress: progress, asOf: now, rate: rate)
        if let follow = runtime.follows[id] {
            reading.left = follow.estimator.left(
                at: time, runningSince: ledger[id]?.startedAt ?? time, history: follow.history)
            reading.loss = follow.loss
        }
        runtime.progress[id] = reading
        readings.append(.progress(id, reading))
    }

    /// What a completed training teaches the next ones; before its end is recorded.
    mutating func recordTimes(of id: AttemptID) {
        guard var clock = runtime.follows[id]?.clock, case .verifying(let since)? = ledger[id]?.phase else { return }
        clock.ended(at: since)
        // One that began on a worker that was lost has times of both, which teach nothing.
        let isWhole = (ledger[id]?.observed?.retries ?? 0) == 0
        if isWhole, clock.times.training != nil { emit(.trainingTimed(clock.times), for: id) }
        runtime.follows[id] = nil
    }
}
