import Training
import TrainingPorts

extension Turn {
    /// A webhook is a hint: it binds an id and makes RunPod be asked now. It never ends a job by itself.
    mutating func delivered(_ delivery: WebhookDelivery) {
        by = "runpod"
        defer { by = "engine" }
        guard let attempt = ledger.attempt(withRequest: delivery.request) else {
            log("a webhook came for a request that nobody here has made", .warning)
            return
        }
        let news = delivery.news
        if let ending = attempt.phase.ending {
            comeLate(news, to: attempt, ended: ending)
            return
        }
        guard attempt.webhook != news else { return }
        emit(.webhookReceived(news), for: attempt.id)
        if let own = attempt.runpod, let other = news.runpod, !own.names(theSameJobAs: other) {
            noteSecondJob(of: attempt, own, other)
            return
        }
        runtime[watch: attempt.id].address = news.address ?? runtime[watch: attempt.id].address
        bind(news, to: attempt)
        askSoon(attempt.id)
    }

    /// While RunPod's own answer is on its way that is waited for. What was held for unsent is not: RunPod knows better.
    private mutating func bind(_ news: WebhookNews, to attempt: Attempt) {
        switch attempt.phase {
        case .queued, .preparing:
            if news.runpod == nil {
                emit(.submissionUncertain(Doubt(reason: "a webhook came for a request held for unsent")), for: attempt.id)
            }
            fallthrough
        case .uncertain:
            if let runpod = news.runpod { accepted(attempt, runpod, evidence: "webhook") }
        case .submitting, .waiting, .training, .cancelling, .verifying, .done: break
        }
    }

    /// The hint may be a lie: it is worth one question, and no more than one at a time.
    mutating func hinted(_ job: RunPodID) {
        guard let attempt = ledger.openAttempts.first(where: { $0.runpod?.names(theSameJobAs: job) == true }) else { return }
        askSoon(attempt.id)
    }

    /// Has RunPod asked for a job now; where that is under way, once more after it: the answer may be older than the news.
    mutating func askSoon(_ id: AttemptID) {
        runtime[watch: id].pollDue = now
        runtime[watch: id].isGone = false
        runtime[watch: id].isHinted = isUnderWay(.status(id))
    }

    private mutating func comeLate(_ news: WebhookNews, to attempt: Attempt, ended ending: Ending) {
        guard let state = news.state, state.isFinal else { return }
        let agrees =
            switch (ending.outcome, state) {
            case (.completed, .completed), (.failed, .failed), (.cancelled, .cancelled), (.timedOut, .timedOut),
                (.timedOut, .failed):
                true
            // The model was missing or damaged: RunPod's word is known.
            case (.failed, .completed): attempt.observed?.state == .completed
            default: false
            }
        let text = "a webhook says \(state) of an attempt that has ended as \(ending.outcome.rawValue)"
        guard !agrees, !attempt.lateNews.contains(text) else { return }
        emit(.lateNews(Note(severity: state == .completed ? .alarm : .warning, text: text)), for: attempt.id)
    }
}
