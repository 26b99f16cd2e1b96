public import Training

extension Turn {
    /// Asks for all that is due, whatever the input was. Level-triggered: it looks at how things stand and not at how they came to be,
    /// so that a lost effect, a restart and a sleep of hours all mend in the same way.
    mutating func advance() {
        guard !runtime.isStopping else { return }
        fillPlaces()
        for attempt in ledger.unsettledAttempts {
            switch attempt.phase {
            case .queued, .submitting: break
            case .preparing: prepare(attempt)
            case .uncertain: lookForModel(of: attempt)
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
        keepMarks()
        askForForeignJobs()
        readSurroundings()
        readPrices()
        followTrainings()
    }

    func isDue(_ time: Timestamp?) -> Bool { time.map { $0 <= now } ?? true }

    private var maySpend: Bool {
        ledger.queue.hold == nil && runtime.journalFault == nil && policy.submits && !policy.isReadOnly
    }

    /// Starts queued jobs while there are free places. What has an order already is prepared anew all the same: while it waited,
    /// somebody else may have trained the actor. Others' jobs take no place of ours.
    private mutating func fillPlaces() {
        liftBudgetHold()
        guard maySpend else { return }
        var free = ledger.queue.parallelism - ledger.openAttempts.count { takesPlace($0) && !$0.isAdopted }
        for attempt in ledger.openAttempts where free > 0 {
            guard case .queued(_, let notBefore) = attempt.phase, isOver(notBefore) else { continue }
            guard budgetAllows(attempt) else { return }
            free -= 1
            emit(.preparationStarted, for: attempt.id)
            start(.prepare(attempt.id, attempt.actor))
        }
    }

    /// A pause that ends further ahead than any pause may last was written under a clock that was wrong.
    private func isOver(_ pause: Timestamp?) -> Bool {
        isDue(pause) || pause.map { $0 - now > policy.longestWait } ?? true
    }

    /// The preparation whose result could not be recorded begins again.
    private mutating func prepare(_ attempt: Attempt) {
        guard runtime.journalFault == nil, !policy.isReadOnly else { return }
        start(.prepare(attempt.id, attempt.actor))
    }

    /// Cast and endpoint are read again only while something runs: with nothing open there is no clock and no polling.
    private mutating func readSurroundings() {
        if runtime.isCastWanted { start(.readCast) }
        if let due = runtime.castDueTime(in: ledger, policy), due <= now { start(.readCast) }
        testRoute()
        guard let due = runtime.healthDueTime(in: ledger), due <= now, start(.readHealth), !ledger.isSomethingInFlight else {
            return
        }
        runtime.lastHealthDue = nil
        runtime.lastHealthTries += 1
    }
}

extension Runtime {
    /// When the endpoint is to be read again: again and again while something runs, and once after the last has ended.
    func healthDueTime(in ledger: Ledger) -> Timestamp? { ledger.isSomethingInFlight ? healthDue : lastHealthDue }

    /// When the cast is to be read again. While something runs, somebody else's training must be seen within one poll; else only to look
    /// once more at what was written for an attempt that has ended.
    func castDueTime(in ledger: Ledger, _ policy: Policy) -> Timestamp? {
        guard let castDue else { return nil }
        if ledger.isSomethingInFlight { return castDue }
        let looks = watches.compactMap { id, watch -> Timestamp? in
            guard let written = watch.bookedAt, !watch.isGivenUp, let attempt = ledger[id], attempt.phase.isDone,
                attempt.order != nil || attempt.isAdopted, !attempt.bookkeeping.confirmed
            else { return nil }
            let look = max(castDue, written + policy.confirmationTime)
            return look - written < policy.confirmationTime * 2 ? look : nil
        }
        return looks.min()
    }
}

extension EngineCore {
    /// When the core wants to be asked next, if nothing else comes before; nil when it waits for answers or for the operator only.
    /// What is due at `now` was started by the turn that has just ended, so only later times count.
    public func deadline(after now: Timestamp) -> Timestamp? {
        guard !runtime.isStopping else { return nil }
        var next: Timestamp?
        func note(_ time: Timestamp?) {
            guard let time, time > now, next.map({ time < $0 }) ?? true else { return }
            next = time
        }
        for attempt in ledger.unsettledAttempts { dueTimes(of: attempt).forEach(note) }
        for job in runtime.foreign {
            if case .at(let time) = runtime.foreignDue[job.runpod] { note(time) }
        }
        if !ledger.wantedMarks.isEmpty { note(runtime.markDue) }
        note(runtime.castDueTime(in: ledger, policy))
        note(runtime.healthDueTime(in: ledger))
        if ledger.isSomethingInFlight {
            note(runtime.routeDue)
            if policy.managesEndpoint {
                [runtime.accountDue, runtime.prices?.asOf == nil ? runtime.pricesDue : nil].forEach(note)
            }
            if ledger.openAttempts.contains(where: { $0.isOnWorker && $0.gpu?.worker != $0.observed?.worker }) {
                note(runtime.workersDue)
            }
        }
        note(runtime.budgetDue(in: ledger, policy, after: now))
        note(runtime.journalDue)
        return next
    }

    private func dueTimes(of attempt: Attempt) -> [Timestamp?] {
        let watch = runtime[watch: attempt.id]
        return switch attempt.phase {
        case .queued(_, let notBefore): [notBefore]
        case .preparing, .submitting: []
        case .uncertain: [watch.modelDue]
        case .waiting, .training: [watch.isGone ? watch.modelDue : nil, watch.pollDue, watch.bookDue]
        case .cancelling: [watch.isGone ? watch.modelDue : nil, watch.pollDue, watch.bookDue, watch.cancelDue]
        case .verifying: [watch.modelDue, watch.bookDue]
        case .done: [watch.bookDue]
        }
    }
}
