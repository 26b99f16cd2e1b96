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
        let id = attempt.id
        let news = delivery.news
        guard runtime[watch: id].lastNews != news else { return }
        runtime[watch: id].lastNews = news
        if let ending = attempt.phase.ending {
            comeLate(news, to: attempt, ended: ending)
            return
        }
        emit(.webhookReceived(news), for: id)
        runtime[watch: id].address = news.address ?? runtime[watch: id].address
        switch attempt.phase {
        case .submitting: runtime[watch: id].early = news
        case .uncertain:
            if let runpod = news.runpod { accepted(attempt, runpod, evidence: "webhook") }
        default: break
        }
        runtime[watch: id].pollDue = now
    }

    private mutating func comeLate(_ news: WebhookNews, to attempt: Attempt, ended ending: Ending) {
        guard let state = news.state else { return }
        let agrees =
            switch (ending.outcome, state) {
            case (.completed, .completed), (.failed, .failed), (.cancelled, .cancelled), (.timedOut, .timedOut),
                (.timedOut, .failed):
                true
            default: false
            }
        guard !agrees else { return }
        let text = "a webhook says \(state) of an attempt that has ended as \(ending.outcome.rawValue)"
        emit(.lateNews(Note(severity: state == .completed ? .alarm : .warning, text: text)), for: attempt.id)
    }
}
