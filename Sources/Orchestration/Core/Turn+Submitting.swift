import Training
import TrainingPorts

extension Turn {
    /// Records that the request leaves, and lets it leave. The engine's only way to RunPod's `/run`.
    mutating func send(_ order: Order, of attempt: Attempt) {
        if let violation = ledger.whyNotSent(order, of: attempt) {
            emit(.noted(Note(severity: .alarm, text: violation)), for: attempt.id)
            emit(.preparationPaused(Pause(reason: violation, notBefore: now)), for: attempt.id)
            holdQueue(.failures, "\(violation); nothing is submitted until you have looked at both and resumed")
            return
        }
        emit(.submissionIntended(Intent(sending: attempt.sendings + 1)), for: attempt.id)
        start(.submit(attempt.id, order))
    }

    mutating func submitted(_ id: AttemptID, _ answer: SubmissionAnswer) {
        guard let attempt = ledger[id], attempt.phase.name == .submitting else {
            answeredTooLate(id, answer)
            return
        }
        if case .accepted(let runpod, _) = answer {
            noteSecondJob(of: attempt, runpod, attempt.webhook?.runpod)
            accepted(attempt, runpod, evidence: "answer")
        } else if let runpod = attempt.webhook?.runpod {
            // Whatever the answer was: RunPod itself has called with this request's secret.
            accepted(attempt, runpod, evidence: "webhook")
        } else {
            turnedDown(attempt, answer)
        }
    }

    private mutating func turnedDown(_ attempt: Attempt, _ answer: SubmissionAnswer) {
        switch answer {
        case .accepted: break
        case .unsent(let reason): postpone(attempt, reason: reason, pause: nil)
        case .throttled(let reason, let retryAfter): postpone(attempt, reason: reason, pause: retryAfter)
        case .rejected(let status, let message):
            end(attempt.id, .rejected, reason: "the order was refused (\(status)): \(message)")
            holdQueue(.rejected, "an order was refused (\(status)): \(message)")
        case .uncertain(let reason):
            emit(.submissionUncertain(Doubt(reason: reason)), for: attempt.id)
            holdAfterDoubts(attempt, reason)
        }
    }

    /// The second order in a row without a clear answer: RunPod may have taken both, and would take the next without a word, too.
    private mutating func holdAfterDoubts(_ attempt: Attempt, _ reason: String) {
        let answered = ledger.jobs.lazy.flatMap(\.attempts).filter { other in
            other.id != attempt.id && other.sendings > 0 && ![.queued, .preparing, .submitting].contains(other.phase.name)
        }
        let before = answered.max { ($0.submittedAt ?? $0.queuedAt) < ($1.submittedAt ?? $1.queuedAt) }
        guard let before, before.phase.name == .uncertain else { return }
        holdQueue(
            .failures,
            "two orders in a row, \(before.id.job) and \(attempt.id.job), had no clear answer (\(reason)); "
                + "look for both on RunPod's console, resolve them, then resume")
    }

    /// An id that another attempt has already is never bound twice: one of the two would be watched under the other's name.
    mutating func accepted(_ attempt: Attempt, _ runpod: RunPodID, evidence: String) {
        let holder = ledger.jobs.lazy.flatMap(\.attempts).first { $0.id != attempt.id && $0.runpod == runpod }
        if let holder {
            let text = "RunPod gave \(attempt.id) the id \(runpod), which \(holder.id) has already"
            if attempt.phase.name != .uncertain { emit(.submissionUncertain(Doubt(reason: text)), for: attempt.id) }
            holdQueue(.rejected, "\(text); look at both on RunPod's console before you resume")
            return
        }
        emit(.submissionAccepted(Acceptance(runpod: runpod, evidence: evidence)), for: attempt.id)
        runtime[watch: attempt.id].sendFailures = 0
        runtime[watch: attempt.id].seenAt = now
        runtime[watch: attempt.id].pollDue = now + policy.pollPause(afterAnswers: 0)
    }

    /// Two ids for one request are two jobs: it may be paid twice, and which of them to cancel only a person can tell.
    mutating func noteSecondJob(of attempt: Attempt, _ runpod: RunPodID, _ other: RunPodID?) {
        guard let other, !runpod.names(theSameJobAs: other) else { return }
        let text = "RunPod tells of two jobs for one request: \(runpod) and \(other); look at both on its console"
        emit(.noted(Note(severity: .alarm, text: text)), for: attempt.id)
    }

    /// Provably nothing was accepted: it may leave again after a pause, unless it was cancelled meanwhile.
    private mutating func postpone(_ attempt: Attempt, reason: String, pause: Seconds?) {
        runtime[watch: attempt.id].sendFailures += 1
        let wait = pause.map(policy.pause(askedFor:)) ?? policy.pause(afterFailures: runtime[watch: attempt.id].sendFailures)
        emit(.submissionUnsent(Pause(reason: reason, notBefore: now + wait)), for: attempt.id)
        if attempt.cancelRequestedAt != nil { end(attempt.id, .cancelled, reason: "cancelled before it was submitted") }
    }

    /// The answer came after the attempt had moved on: by a webhook, by the operator. An id is still worth having.
    private mutating func answeredTooLate(_ id: AttemptID, _ answer: SubmissionAnswer) {
        guard let attempt = ledger[id], case .accepted(let runpod, _) = answer else { return }
        if attempt.phase.isDone {
            emit(.lateNews(Note(severity: .alarm, text: "RunPod accepted it as \(runpod) after it had ended here")), for: id)
        } else if let own = attempt.runpod {
            noteSecondJob(of: attempt, own, runpod)
        } else {
            accepted(attempt, runpod, evidence: "answer")
        }
    }
}

extension Ledger {
    /// What must hold before a request leaves, whatever led here: one open attempt an actor, and names that are used once. A breach is
    /// an error of this program or a journal that somebody changed.
    func whyNotSent(_ order: Order, of attempt: Attempt) -> String? {
        if let runpod = attempt.runpod { return "\(attempt.id) is RunPod's \(runpod) already" }
        for other in jobs.lazy.flatMap(\.attempts) where other.id != attempt.id {
            if other.actor == attempt.actor, !other.phase.isDone {
                return "actor \(attempt.actor) has two open attempts, \(other.id) and \(attempt.id)"
            }
            if other.model == order.model { return "\(attempt.id) would write over \(order.model), which is \(other.id)'s" }
            if other.order?.request == order.request { return "\(attempt.id) has the request id of \(other.id)" }
        }
        return nil
    }
}
