public import Training

extension Turn {
    /// Asks for all that is due, whatever the input was. Level-triggered: it looks at how things stand and not at how they came to be,
    /// so that a lost effect, a restart and a sleep of hours all mend in the same way.
    mutating func advance() {
        fillPlaces()
        for attempt in ledger.jobs.flatMap(\.attempts) {
            switch attempt.phase {
            case .queued, .preparing, .submitting: break
            case .uncertain: lookForTraces(of: attempt)
            case .waiting, .training, .cancelling:
                keepBooks(of: attempt)
                keepCancelling(attempt)
                poll(attempt)
            case .verifying:
                keepBooks(of: attempt)
                lookForModel(of: attempt)
            case .done: keepBooks(of: attempt)
            }
        }
        readSurroundings()
    }

    func isDue(_ time: Timestamp?) -> Bool { time.map { $0 <= now } ?? true }

    /// Starts queued jobs while there are free places.
    private mutating func fillPlaces() {
        guard ledger.queue.hold == nil, runtime.journalFault == nil, policy.submits, !policy.isReadOnly else { return }
        var free = ledger.queue.parallelism - ledger.openAttempts.count { $0.phase.isInFlight }
        for attempt in ledger.openAttempts where free > 0 {
            guard case .queued(_, let notBefore) = attempt.phase, isDue(notBefore) else { continue }
            free -= 1
            if let order = attempt.order {
                send(order, of: attempt)
            } else {
                emit(.preparationStarted, for: attempt.id)
                start(.prepare(attempt.id, attempt.actor))
            }
        }
    }

    /// Cast and endpoint are read again only while something runs: with nothing open there is no clock and no polling.
    private mutating func readSurroundings() {
        guard ledger.openAttempts.contains(where: { $0.phase.isInFlight }) else { return }
        if let due = runtime.castDue, due <= now { start(.readCast) }
        if let due = runtime.healthDue, due <= now { start(.readHealth) }
    }
}

extension EngineCore {
    /// When the core wants to be asked next, if nothing else comes before; nil when it waits for answers or for the operator only.
    /// What is due at `now` was started by the turn that has just ended, so only later times count.
    public func deadline(after now: Timestamp) -> Timestamp? {
        let times = ledger.jobs.flatMap(\.attempts).flatMap(dueTimes) + surroundingsDue
        return times.filter { $0 > now }.min()
    }

    private var surroundingsDue: [Timestamp] {
        guard ledger.openAttempts.contains(where: { $0.phase.isInFlight }) else { return [] }
        return [runtime.castDue, runtime.healthDue].compactMap { $0 }
    }

    private func dueTimes(of attempt: Attempt) -> [Timestamp] {
        let watch = runtime[watch: attempt.id]
        let times: [Timestamp?] =
            switch attempt.phase {
            case .queued(_, let notBefore): [notBefore]
            case .preparing, .submitting: []
            case .uncertain: [watch.modelDue]
            case .waiting, .training: [watch.isGone ? watch.modelDue : watch.pollDue, watch.bookDue]
            case .cancelling: [watch.isGone ? watch.modelDue : watch.pollDue, watch.bookDue, watch.cancelDue]
            case .verifying: [watch.modelDue, watch.bookDue]
            case .done: [watch.bookDue]
            }
        return times.compactMap { $0 }
    }
}
