import EngineAPI
import Training
import TrainingPorts

extension Turn {
    mutating func logLine(_ id: AttemptID, _ line: WorkerLogLine) {
        guard var follow = runtime.follows[id], ledger[id]?.isOnWorker == true else { return }
        let parsed = TrainerLogLine(line.line)
        // Measured by RunPod's clock alone: lines of the past come in a heap, and ours may be wrong.
        let time = line.time ?? now
        follow.last = line.id ?? follow.last
        if let stage = parsed.stage { follow.estimator.note(stage, at: time) }
        var isShown = !parsed.text.isEmpty
        if let reading = parsed.progress {
            follow.hasSteps = true
            follow.note(reading, at: time)
            isShown = follow.shows(reading)
        }
        runtime.follows[id] = follow
        if let reading = parsed.progress {
            publish(TrainingProgress(step: reading.step, steps: reading.steps, loss: reading.loss), of: id, at: time)
        }
        guard isShown else { return }
        readings.append(.log(LogLine(time: now, severity: parsed.severity, attempt: id, text: parsed.text)))
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
        if clock.times.training != nil { emit(.trainingTimed(clock.times), for: id) }
        runtime.follows[id] = nil
    }
}
