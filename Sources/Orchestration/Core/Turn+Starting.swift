import Training

extension Turn {
    /// Catches up after a start: what was cut off in the middle is put where it provably stands, and every open job is asked for.
    mutating func begin(_ run: EngineStart, mayContinue: Bool) {
        runtime.timeScale = run.timeScale
        let wasClean = ledger.endedCleanly
        emit(.engineStarted(run))
        for attempt in ledger.openAttempts { recover(attempt) }
        let planned = ledger.openAttempts.count { $0.phase.name == .queued }
        // A budget's hold ends by itself, so it is no reason to spare the question.
        if !wasClean, planned > 0, !mayContinue, ledger.queue.hold.map({ $0.cause == .budget }) ?? true {
            let jobs = planned == 1 ? "1 planned job waits" : "\(planned) planned jobs wait"
            emit(
                .queueHeld(Hold(cause: .uncleanEnd, reason: "the program ended unexpectedly; \(jobs) until you resume the queue"))
            )
        }
        if mayContinue, ledger.queue.hold?.cause == .uncleanEnd { emit(.queueResumed) }
        start(.readCast)
        start(.readHealth)
        start(.readRoute)
    }

    private mutating func recover(_ attempt: Attempt) {
        switch attempt.phase {
        case .preparing:
            // Nothing had left and nothing is owed: it is as good as planned.
            emit(.preparationPaused(Pause(reason: "the program ended during the preparation", notBefore: now)), for: attempt.id)
        case .submitting:
            emit(.submissionUncertain(.cutOff), for: attempt.id)
            if let runpod = attempt.webhook?.runpod { accepted(attempt, runpod, evidence: "webhook") }
        case .queued, .uncertain, .waiting, .training, .cancelling, .verifying, .done: break
        }
    }
}
