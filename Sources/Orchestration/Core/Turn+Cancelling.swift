import EngineAPI
import Training
import TrainingPorts

extension Turn {
    mutating func cancel(_ jobs: [JobID]) {
        guard !jobs.isEmpty else {
            reply = .refused(message: "there is nothing to cancel")
            return
        }
        var asked: [JobID] = []
        var refusals = jobs.filter { ledger[$0] == nil }.map { "there is no job \($0)" }
        // The queue is emptied first: a place that becomes free must not be taken by a job that is to be cancelled too.
        let attempts = jobs.compactMap { ledger[$0]?.latest }
        for attempt in attempts.filter({ !$0.phase.isInFlight }) + attempts.filter(\.phase.isInFlight) {
            if let refusal = requestCancel(of: attempt) { refusals.append(refusal) } else { asked.append(attempt.id.job) }
        }
        reply = answer(asked, refusals, words: words(onCancelled: asked))
    }

    /// What became of a cancel: what had not left has ended, of what RunPod has it has yet to say so.
    private func words(onCancelled jobs: [JobID]) -> String {
        let attempts = jobs.sorted().compactMap { ledger[$0]?.latest }
        func names(_ isMeant: (Attempt) -> Bool) -> [String] { attempts.filter(isMeant).map(\.id.job.description) }
        let ended = names { $0.phase.isDone }
        let running = names { $0.phase.name == .cancelling }
        let unknown = names { !$0.phase.isDone && $0.phase.name != .cancelling }
        var parts: [String] = []
        if !running.isEmpty { parts.append("RunPod is asked to stop \(running.joined(separator: ", "))") }
        if !unknown.isEmpty {
            let verb = unknown.count == 1 ? "is stopped as soon as its id is" : "are stopped as soon as their ids are"
            parts.append("\(unknown.joined(separator: ", ")) \(verb) known")
        }
        if !ended.isEmpty {
            let verb = ended.count == 1 ? "was cancelled before it was" : "were cancelled before they were"
            parts.append("\(ended.joined(separator: ", ")) \(verb) submitted")
        }
        return parts.joined(separator: "; ")
    }

    /// Everything that was started here, what is still on its way too. What somebody else started is his; it can be cancelled by its
    /// number.
    mutating func cancelAll() {
        let open = ledger.openAttempts
        let own = open.filter { !$0.isAdopted }
        cancel(own.map(\.id.job))
        guard case .accepted(let message, let jobs, let isTold) = reply else { return }
        let others = open.filter(\.isAdopted).map(\.id.job.description)
        let rest = others.isEmpty ? "" : "; started elsewhere and left alone: " + others.joined(separator: ", ")
        reply = .accepted(
            message: "\(jobs.count) of \(own.count): \(message)\(rest)", jobs: jobs, isTold: isTold && others.isEmpty)
    }

    /// Asks for a stop, wherever the attempt is. What has not left ends here; what RunPod has is cancelled there until it says so; what is
    /// on its way is cancelled as soon as its id is known.
    /// - Returns: a sentence on why it cannot be cancelled, or nil.
    mutating func requestCancel(of attempt: Attempt) -> String? {
        switch attempt.phase {
        case .queued, .preparing:
            // No request to RunPod, and so no word of one: it ends here.
            end(attempt.id, .cancelled, reason: "cancelled before it was submitted")
            return nil
        case .submitting, .uncertain:
            guard attempt.cancelRequestedAt == nil else { return "\(attempt.id.job) is cancelled as soon as its id is known" }
            emit(.cancelRequested, for: attempt.id)
            return nil
        case .waiting, .training:
            emit(.cancelRequested, for: attempt.id)
            runtime[watch: attempt.id].cancelDue = nil
            return nil
        case .cancelling: return "\(attempt.id.job) is being cancelled already"
        case .verifying: return "\(attempt.id.job) has finished at RunPod; its model is being looked for"
        case .done(let ending): return "\(attempt.id.job) has ended already (\(ending.outcome.rawValue))"
        }
    }

    /// Repeats the cancel until RunPod's status says that the job has ended: the answer to a cancel says nothing about the GPU.
    mutating func keepCancelling(_ attempt: Attempt) {
        guard attempt.phase.name == .cancelling, let runpod = askedID(of: attempt), isDue(runtime[watch: attempt.id].cancelDue),
            !policy.isReadOnly
        else { return }
        start(.cancel(attempt.id, runpod, endpoint: attempt.order?.endpoint))
    }

    mutating func cancelAnswered(_ id: AttemptID, _ answer: CancelAnswer) {
        guard let attempt = ledger[id], !attempt.phase.isDone else { return }
        runtime[watch: id].cancelDue = now + policy.cancelInterval
        // Whatever the answer was, the status decides, and soon.
        runtime[watch: id].pollDue = min(runtime[watch: id].pollDue ?? now, now + .seconds(1))
        switch answer {
        case .taken(let observation):
            if attempt.cancelTakenAt != nil || !observation.tellsOfStopping {
                log("the cancel was handed on; waiting until the job has ended", for: id)
            } else {
                emit(.cancelTaken, for: id)
            }
        case .notFound(let text):
            if attempt.isGone { runtime[watch: id].cancelDue = now + policy.gonePollInterval }
            log("RunPod does not know the job to cancel: \(text)", .warning, for: id)
        case .throttled(let text, let retryAfter):
            if let retryAfter { runtime[watch: id].cancelDue = now + policy.pause(askedFor: retryAfter) }
            log("the cancel was turned away: \(text)", .warning, for: id)
        case .failed(let text): log("the cancel did not get through: \(text)", .warning, for: id)
        case .notSupported:
            runtime[watch: id].cancelDue = now + policy.longestPause
            log("this server cannot cancel; set RUNPOD_API_KEY, or cancel it on RunPod's console", .alarm, for: id)
        }
    }
}

extension RunPodObservation {
    /// Whether the answer to a cancel is RunPod's own. A desk that only takes the order answers with the state that it last saw.
    fileprivate var tellsOfStopping: Bool {
        switch state {
        case .inQueue, .inProgress, .gone: false
        case .completed, .failed, .cancelled, .timedOut, .unknown: true
        }
    }
}
