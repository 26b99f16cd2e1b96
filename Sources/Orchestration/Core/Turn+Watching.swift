import EngineAPI
import Training
import TrainingPorts

extension Turn {
    /// Asks RunPod for a job when it is due. A job is watched until its end is known, however long that takes.
    mutating func poll(_ attempt: Attempt) {
        guard let runpod = attempt.runpod else { return }
        let watch = runtime[watch: attempt.id]
        if watch.isGone {
            lookForModel(of: attempt)
        } else if isDue(watch.pollDue) {
            start(.askStatus(attempt.id, runpod))
        }
    }

    mutating func statusRead(_ id: AttemptID, _ answer: StatusAnswer) {
        guard let attempt = ledger[id], !attempt.phase.isDone else { return }
        switch answer {
        case .known(let report): known(report, of: attempt)
        case .notFound(let text): notFound(attempt, text)
        case .throttled(let text, let retryAfter): unanswered(id, text, pause: retryAfter)
        case .failed(let text): unanswered(id, text, pause: nil)
        case .refused(let text):
            unanswered(id, text, pause: policy.longestPause)
            holdQueue(.rejected, "RunPod refuses the API key: \(text); set RUNPOD_API_KEY and resume")
        }
    }

    mutating func known(_ report: JobReport, of attempt: Attempt) {
        let id = attempt.id
        runtime[watch: id].answers += 1
        runtime[watch: id].failures = 0
        runtime[watch: id].notFound = 0
        runtime[watch: id].pollDue =
            now
            + policy.pollPause(
                afterAnswers: runtime[watch: id].answers, isWebhookDoubtful: runtime.isWebhookDoubtful)
        check(id, fault: nil)
        if let progress = report.progress { noteProgress(progress, of: id) }
        if runtime[watch: id].isHinted {
            runtime[watch: id].isHinted = false
            runtime[watch: id].pollDue = now + .seconds(1)
        }
        observe(report, of: attempt)
        switch report.observation.state {
        case .inQueue, .inProgress, .gone, .unknown: runtime[watch: id].seenAt = now
        case .completed: completed(report, of: attempt)
        case .failed: failed(id, .failed, report.error ?? "RunPod says FAILED and gives no reason")
        case .timedOut:
            failed(
                id, .timedOut, report.error ?? "RunPod says TIMED_OUT: no worker took it in time, or its worker fell silent")
        case .cancelled:
            end(id, .cancelled, reason: attempt.cancelRequestedAt == nil ? "cancelled at RunPod by somebody else" : nil)
        }
    }

    private mutating func observe(_ report: JobReport, of attempt: Attempt) {
        var observation = report.observation
        guard observation.isNews(after: attempt.observed) || observation.state.isFinal else { return }
        // Kept, because after a restart nobody else may know it; without the query, in which a presigned address has its secret.
        observation.address = report.address.map(\.withoutQuery)
        emit(.statusObserved(observation), for: attempt.id)
    }

    /// A failure that would be tried again by itself is paid twice where the model is there already: it is looked for first.
    private mutating func failed(_ id: AttemptID, _ outcome: Outcome, _ reason: String) {
        let ending = Ending(outcome: outcome, at: now, reason: reason)
        guard let attempt = ledger[id], attempt.verdict == nil else { return }
        guard attempt.model != nil, mayTryAgain(attempt, ending) else {
            end(id, outcome, reason: reason)
            return
        }
        emit(.failureReported(ending), for: id)
        beginLooking(for: id)
    }

    private mutating func completed(_ report: JobReport, of attempt: Attempt) {
        let id = attempt.id
        runtime[watch: id].address = report.address ?? runtime[watch: id].address
        guard attempt.phase.name != .verifying else { return }
        emit(.verificationStarted, for: id)
        beginLooking(for: id)
        if attempt.model == nil { believe(attempt, address: runtime[watch: id].address) }
    }

    /// 404: not yet, for a young job; for an old one RunPod has forgotten it, and the model store decides.
    private mutating func notFound(_ attempt: Attempt, _ text: String) {
        let id = attempt.id
        runtime[watch: id].notFound += 1
        let age = now - (attempt.acceptedAt ?? attempt.queuedAt)
        let isYoung = age < policy.notFoundGrace
        check(id, fault: isYoung ? "RunPod does not know it yet" : text)
        guard !isYoung, runtime[watch: id].notFound >= policy.notFoundLimit else {
            runtime[watch: id].pollDue = now + (isYoung ? .seconds(10) : policy.firstPause)
            return
        }
        runtime[watch: id].isGone = true
        beginLooking(for: id)
        noteGone(attempt)
        if attempt.model == nil { forget(attempt, "its version has no number to look for a model by") }
    }

    /// Recorded in place of a state that nobody can vouch for any more; what RunPod told of its times before stays.
    private mutating func noteGone(_ attempt: Attempt) {
        guard attempt.observed?.state != .gone else { return }
        var observation = attempt.observed ?? RunPodObservation(state: .gone)
        observation.state = .gone
        emit(.statusObserved(observation), for: attempt.id)
    }

    private mutating func unanswered(_ id: AttemptID, _ text: String, pause: Seconds?) {
        runtime[watch: id].failures += 1
        let wait = pause.map(policy.pause(askedFor:)) ?? policy.pause(afterFailures: runtime[watch: id].failures)
        runtime[watch: id].pollDue = now + wait
        if runtime.checks[id]?.fault != text { log("RunPod could not be asked: \(text)", .warning, for: id) }
        check(id, fault: text)
    }

    private mutating func check(_ id: AttemptID, fault: String?) {
        // The time stays that of the last real answer: the operator wants to know how old the reading is.
        let asOf = fault == nil ? now : (runtime.checks[id]?.asOf ?? ledger[id]?.acceptedAt ?? now)
        let reading = CheckReading(asOf: asOf, fault: fault)
        runtime.checks[id] = reading
        readings.append(.checked(id, reading))
    }
}
