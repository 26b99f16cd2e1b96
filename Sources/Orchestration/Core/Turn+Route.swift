import EngineAPI
import Training
import TrainingPorts

extension Turn {
    /// How the webhook's way from outside stands. Where it is down or leads to another address than jobs were sent with, polling quickens:
    /// nobody else tells how they end.
    mutating func routeRead(_ state: RouteState) {
        var reading =
            switch state {
            case .up(let address, _): RouteReading(state: .up, detail: address, asOf: now)
            case .down(let reason): RouteReading(state: .down, detail: reason, asOf: now)
            case .none(let reason): RouteReading(state: .none, detail: reason, asOf: now)
            }
        reading.changedAt = changeTime(reading)
        if reading.state != runtime.route?.state || reading.detail != runtime.route?.detail { tell(reading) }
        let wasDoubtful = runtime.isWebhookDoubtful
        runtime.route = reading
        if reading.state == .up { runtime.lastAddress = reading.detail }
        runtime.routeDue = now + (reading.state == .down ? policy.brokenRouteInterval : policy.routeInterval)
        readings.append(.route(reading))
        if runtime.isWebhookDoubtful, !wasDoubtful { quickenPolls() }
    }

    /// When the address became another one, for as long as a job runs that was sent with an older one.
    private func changeTime(_ reading: RouteReading) -> Timestamp? {
        if reading.state == .up, let last = runtime.lastAddress, last != reading.detail, isOneSent(before: now) { return now }
        return runtime.route?.changedAt.flatMap { isOneSent(before: $0) ? $0 : nil }
    }

    private func isOneSent(before time: Timestamp) -> Bool {
        ledger.openAttempts.contains {
            $0.order?.webhook == true && $0.phase.isInFlight && $0.submittedAt.map { $0 <= time } ?? false
        }
    }

    private mutating func tell(_ reading: RouteReading) {
        let hasChanged = reading.changedAt == now
        let text = "webhook route: \(reading.state.rawValue), \(reading.detail)"
        let more =
            hasChanged ? "; trainings that run were sent with the address before, so RunPod is asked for them more often" : ""
        log(text + more, reading.state == .down || hasChanged ? .warning : .info)
    }

    private mutating func quickenPolls() {
        for attempt in ledger.openAttempts where attempt.runpod != nil {
            guard let due = runtime[watch: attempt.id].pollDue else { continue }
            // An answer that asked for a pause is obeyed all the same.
            guard runtime[watch: attempt.id].failures == 0 else { continue }
            runtime[watch: attempt.id].pollDue = min(due, now + policy.quickPollInterval)
        }
    }

    /// Tested again while something runs, and at no other time.
    mutating func testRoute() {
        guard ledger.isSomethingInFlight, let due = runtime.routeDue, due <= now else { return }
        start(.readRoute)
    }
}

extension Runtime {
    /// Whether jobs may end without a webhook that tells of it, through no fault of RunPod's.
    var isWebhookDoubtful: Bool {
        guard let route else { return false }
        return route.state == .down || route.changedAt != nil
    }
}
