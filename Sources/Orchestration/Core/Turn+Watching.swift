import EngineAPI
import Training
import TrainingPorts

extension Turn {
    /// Asks RunPod for a job when it is due. A job is watched until its end is known, however long that takes.
    mutating func poll(_ attempt: Attempt) {
        guard let runpod = askedID(of: attempt) else { return }
        let watch = runtime[watch: attempt.id]
        if watch.isGone { lookForModel(of: attempt) }
        if isDue(watch.pollDue) { start(.askStatus(attempt.id, runpod, endpoint: attempt.order?.endpoint)) }
    }

    /// The id to ask by: one that RunPod does not know any more may go on under another suffix, which a webhook tells.
    func askedID(of attempt: Attempt) -> RunPodID? {
        guard let own = attempt.runpod, runtime[watch: attempt.id].notFound > 0 || attempt.observed?.state == .gone,
            let told = attempt.webhook?.runpod, told.names(theSameJobAs: own)
        else { return attempt.runpod }
        return told
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
        runtime[watch: id].isGone = false
        runtime[watch: id].pollDue = nextPoll(of: id)
        check(id, fault: nil)
        if let progress = report.progress { noteProgress(progress, of: id) }
        if runtime[watch: id].isHinted {
            runtime[watch: id].isHinted = false
            runtime[watch: id].pollDue = now + .seconds(1)
        }
        if report.observation.isBegunAnew(after: attempt.observed) { forgetProgress(of: id) }
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

    /// Together with another job's question that comes shortly before: each on its own would wake the program once more. After a few
    /// rounds all are asked for at once, and none is ever asked for later than it would be alone.
    private func nextPoll(of id: AttemptID) -> Timestamp {
        let answers = runtime[watch: id].answers
        let pause = policy.pollPause(afterAnswers: answers, isWebhookDoubtful: runtime.isWebhookDoubtful)
        let due = now + pause
        guard answers >= policy.earlyPolls.count else { return due }
        let others = ledger.openAttempts.lazy.filter { $0.id != id }.compactMap { self.runtime[watch: $0.id].pollDue }
        return others.filter { $0 > now + pause * 0.5 && $0 <= due }.min() ?? due
    }

    /// RunPod has given the job to another worker, where it begins from nothing.
    private mutating func forgetProgress(of id: AttemptID) {
        guard runtime.progress[id] != nil else { return }
        let reading = ProgressReading(progress: TrainingProgress(), asOf: now)
        runtime.progress[id] = reading
        readings.append(.progress(id, reading))
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

    /// 404: not yet, for a young job. Of an older one the model is looked for at once, and RunPod is asked on: it may go on under
    /// another suffix.
    private mutating func notFound(_ attempt: Attempt, _ text: String) {
        let id = attempt.id
        let age = now - (attempt.acceptedAt ?? attempt.queuedAt)
        guard age >= policy.notFoundGrace else {
            check(id, fault: "RunPod does not know it yet")
            runtime[watch: id].pollDue = now + .seconds(10)
            return
        }
        check(id, fault: "RunPod does not know it now: \(text)")
        runtime[watch: id].notFound += 1
        if !runtime[watch: id].isGone {
            runtime[watch: id].isGone = true
            beginLooking(for: id)
        }
        guard runtime[watch: id].notFound >= policy.notFoundLimit else {
            runtime[watch: id].pollDue = now + policy.firstPause
            return
        }
        runtime[watch: id].pollDue = now + policy.gonePollInterval
        noteGone(attempt)
        if attempt.model == nil, mustHaveEnded(attempt) { forget(attempt, "its version has no number to look for a model by") }
    }

    /// Recorded in place of a state that nobody can vouch for any more; what RunPod told of its times before stays.
    mutating func noteGone(_ attempt: Attempt) {
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

    mutating func check(_ id: AttemptID, fault: String?) {
        // The time stays that of the last real answer: the operator wants to know how old the reading is.
        let asOf = fault == nil ? now : (runtime.checks[id]?.asOf ?? ledger[id]?.acceptedAt ?? now)
        let reading = CheckReading(asOf: asOf, fault: fault)
        runtime.checks[id] = reading
        readings.append(.checked(id, reading))
    }
}

extension RunPodObservation {
    /// Whether RunPod has given the job to another worker since, which begins it anew.
    fileprivate func isBegunAnew(after earlier: RunPodObservation?) -> Bool {
        guard let earlier, !state.isFinal else { return false }
        let isElsewhere = worker != nil && earlier.worker != nil && worker != earlier.worker
        return isElsewhere || (retries ?? 0) > (earlier.retries ?? 0) || (state == .inQueue && earlier.state == .inProgress)
    }
}
