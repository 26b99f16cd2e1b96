import Training
import TrainingPorts

extension Turn {
    /// Records that the request leaves, and lets it leave. The only way to RunPod's `/run`.
    mutating func send(_ order: Order, of attempt: Attempt) {
        let sending = runtime[watch: attempt.id].sendFailures + 1
        emit(.submissionIntended(Intent(sending: sending)), for: attempt.id)
        start(.submit(attempt.id, order))
    }

    mutating func submitted(_ id: AttemptID, _ answer: SubmissionAnswer) {
        guard let attempt = ledger[id], attempt.phase.name == .submitting else {
            answeredTooLate(id, answer)
            return
        }
        switch answer {
        case .accepted(let runpod, _): accepted(attempt, runpod, evidence: "answer")
        case .unsent(let reason): postpone(attempt, reason: reason, pause: nil)
        case .throttled(let reason, let retryAfter): postpone(attempt, reason: reason, pause: retryAfter)
        case .rejected(let status, let message):
            end(id, .rejected, reason: "RunPod refused it (\(status)): \(message)")
            holdQueue(.rejected, "RunPod refused a submission (\(status)): \(message)")
        case .uncertain(let reason):
            emit(.submissionUncertain(Doubt(reason: reason)), for: id)
            if let runpod = runtime[watch: id].early?.runpod { accepted(attempt, runpod, evidence: "webhook") }
        }
    }

    /// An id that another attempt has already is never bound twice: one of the two would be watched under the other's name.
    mutating func accepted(_ attempt: Attempt, _ runpod: RunPodID, evidence: String) {
        let holder = ledger.jobs.flatMap(\.attempts).first { $0.id != attempt.id && $0.runpod == runpod }
        if let holder {
            let text = "RunPod gave \(attempt.id) the id \(runpod), which \(holder.id) has already"
            if attempt.phase.name == .submitting { emit(.submissionUncertain(Doubt(reason: text)), for: attempt.id) }
            holdQueue(.rejected, "\(text); look at both on RunPod's console before you resume")
            return
        }
        emit(.submissionAccepted(Acceptance(runpod: runpod, evidence: evidence)), for: attempt.id)
        runtime[watch: attempt.id].sendFailures = 0
        runtime[watch: attempt.id].pollDue = now + policy.pollPause(afterAnswers: 0)
    }

    /// Provably nothing was accepted: it may leave again after a pause, unless it was cancelled meanwhile.
    private mutating func postpone(_ attempt: Attempt, reason: String, pause: Seconds?) {
        runtime[watch: attempt.id].sendFailures += 1
        let wait = pause ?? policy.pause(afterFailures: runtime[watch: attempt.id].sendFailures)
        emit(.submissionUnsent(Pause(reason: reason, notBefore: now + wait)), for: attempt.id)
        if attempt.cancelRequestedAt != nil { end(attempt.id, .cancelled, reason: "cancelled before it was submitted") }
    }

    /// The answer came after the attempt had moved on: by a webhook, by the operator. An id is still worth having.
    private mutating func answeredTooLate(_ id: AttemptID, _ answer: SubmissionAnswer) {
        guard let attempt = ledger[id], case .accepted(let runpod, _) = answer else { return }
        if attempt.phase.isDone {
            emit(.lateNews(Note(severity: .alarm, text: "RunPod accepted it as \(runpod) after it had ended here")), for: id)
        } else if attempt.runpod == nil {
            accepted(attempt, runpod, evidence: "answer")
        }
    }
}
