import EngineAPI
import Training
import TrainingPorts

/// What happens while the journal takes nothing: a full disk must neither lose an answer nor stop the watching.
extension Turn {
    mutating func goOnUnrecorded(_ input: Input, readings news: [Reading], because fault: String) {
        postponeJournal(because: fault)
        readings += news.filter {
            switch $0 {
            case .log, .journal: false
            default: true
            }
        }
        switch input {
        case .submitted, .marked: runtime.owed.append(input)
        case .started:
            runtime.owed.append(input)
            start(.readCast)
            start(.readHealth)
        case .command(let envelope):
            reply = .refused(message: "the journal takes nothing (\(fault))")
            cancelUnrecorded(envelope.command)
        case .statusRead(let id, let answer):
            runtime[watch: id].pollDue = runtime.journalDue
            tellUnrecorded(answer, of: id)
        case .modelFound(let id, _): runtime[watch: id].modelDue = runtime.journalDue
        case .cancelAnswered(let id, _): runtime[watch: id].cancelDue = runtime.journalDue
        case .foreignRead(_, let runpod, _): runtime.foreignDue[runpod] = runtime.journalDue.map(ForeignDue.at)
        case .versionWritten(let id, _, _), .modelWritten(let id, _): runtime[watch: id].bookDue = runtime.journalDue
        // What was read is not taken in, so it is read again; not before the journal is tried again, or it would be read in a circle.
        case .castRead: runtime.castDue = runtime.journalDue
        case .healthRead: runtime.healthDue = runtime.journalDue
        case .routeRead: runtime.routeDue = runtime.journalDue
        case .accountRead: runtime.accountDue = runtime.journalDue
        case .pricesRead: runtime.pricesDue = runtime.journalDue
        case .endpointRead: runtime.endpointDue = runtime.journalDue
        case .workersRead: runtime.workersDue = runtime.journalDue
        // A worker's lines are no events: they are shown whether the journal takes any or not.
        case .logLines(let id, let lines): logLines(id, lines)
        default: break
        }
    }

    /// The first refusal is told; each try that was due and failed makes the next pause longer. What is refused in between does not.
    private mutating func postponeJournal(because fault: String) {
        let isFirst = runtime.journalFault == nil
        if isFirst { log("the journal takes nothing (\(fault)); nothing is submitted until it does", .alarm) }
        if runtime.journalFault != fault { readings.append(.journal(fault: fault)) }
        runtime.journalFault = fault
        guard isFirst || isDue(runtime.journalDue) else { return }
        runtime.journalFailures += 1
        runtime.journalDue = now + policy.pause(afterFailures: runtime.journalFailures + 1)
    }

    /// What RunPod said of a job and could not be written down is shown beside what is known: the operator must not take an old state for
    /// the newest.
    private mutating func tellUnrecorded(_ answer: StatusAnswer, of id: AttemptID) {
        guard case .known(let report) = answer, let attempt = ledger[id], report.observation.isNews(after: attempt.observed)
        else {
            return
        }
        check(id, fault: "RunPod says \(report.observation.state), which the journal does not take")
    }

    /// A running training costs money whether the disk is full or not: RunPod is asked to stop it all the same.
    private mutating func cancelUnrecorded(_ command: Command) {
        let jobs: [JobID]
        switch command {
        case .cancel(let named): jobs = named
        case .cancelAll: jobs = ledger.openAttempts.filter { !$0.isAdopted }.map(\.id.job)
        default: return
        }
        let running = jobs.compactMap { ledger[$0]?.latest }.filter { !$0.phase.isDone && $0.phase.name != .verifying }
        for attempt in running {
            if let runpod = attempt.runpod { start(.cancel(attempt.id, runpod, endpoint: attempt.order?.endpoint)) }
        }
        let asked = running.filter { $0.runpod != nil }.map(\.id.job)
        guard case .refused(let text) = reply, !asked.isEmpty else { return }
        let names = asked.map(\.description).joined(separator: ", ")
        reply = .accepted(
            message: "RunPod was asked once to stop \(names), though \(text); say it again when the disk is well", jobs: asked)
    }

    /// Records what is owed, in one transaction with whatever this turn records; tried by itself when it is due. Whether the journal
    /// takes it shows in the commit: where it does not, nothing of this has happened.
    mutating func settleDebts() {
        guard let fault = runtime.journalFault, !drafts.isEmpty || isDue(runtime.journalDue) else { return }
        let owed = runtime.owed
        (runtime.owed, runtime.journalFault, runtime.journalDue, runtime.journalFailures) = ([], nil, nil, 0)
        readings.append(.journal(fault: nil))
        emit(.noted(Note(severity: .warning, text: "the journal takes events again; it did not: \(fault)")))
        for input in owed { take(input) }
        advance()
    }
}
