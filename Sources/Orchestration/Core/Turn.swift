import EngineAPI
import Training
import TrainingPorts

/// One decision in the making: a working copy of the state, and what is to be recorded and done.
struct Turn {
    var ledger: Ledger
    var runtime: Runtime
    let policy: Policy
    let digester: any Digester
    let now: Timestamp

    var drafts: [EventDraft] = []
    var payloads: [Payload] = []
    var effects: [Effect] = []
    var readings: [Reading] = []
    var reply: Reply?
    /// The command that is being obeyed, and who gave it.
    var cause: String?
    var by = "engine"

    init(ledger: Ledger, runtime: Runtime, policy: Policy, digester: any Digester, now: Timestamp) {
        self.ledger = ledger
        self.runtime = runtime
        self.policy = policy
        self.digester = digester
        self.now = now
    }

    /// Records an event: it is in the working copy at once, and in the journal with all others of this turn or not at all.
    mutating func emit(_ event: Event, for attempt: AttemptID? = nil) {
        emit(event, job: attempt?.job, attempt: attempt?.number)
    }

    mutating func emit(_ event: Event, job: JobID?, attempt: Int?) {
        ledger.apply(event, job: job, attempt: attempt, at: now)
        drafts.append(EventDraft(time: now, cause: cause, by: by, job: job, attempt: attempt, event: event))
    }

    /// Asks for work, unless the same is under way.
    @discardableResult
    mutating func start(_ effect: Effect) -> Bool {
        guard !runtime.isStopping, runtime.underWay.insert(effect.work).inserted else { return false }
        if effect == .readCast { (runtime.castStarted, runtime.isCastWanted) = (now, false) }
        effects.append(effect)
        return true
    }

    func isUnderWay(_ work: Work) -> Bool { runtime.underWay.contains(work) }

    mutating func log(_ text: String, _ severity: Note.Severity = .info, for attempt: AttemptID? = nil) {
        readings.append(.log(LogLine(time: now, severity: severity, attempt: attempt, text: text)))
    }

    /// Ends an attempt.
    mutating func end(_ id: AttemptID, _ outcome: Outcome, reason: String? = nil, model: String? = nil) {
        let unwatched = ledger[id].flatMap { unwatchedEnd(of: $0, outcome) }
        if outcome == .completed { recordTimes(of: id) }
        runtime.follows[id] = nil
        // Else its last IN_PROGRESS would stand beside the end for ever.
        if runtime[watch: id].isGone, let attempt = ledger[id] { noteGone(attempt) }
        emit(.attemptEnded(Ending(outcome: outcome, at: now, reason: reason, model: model, unwatched: unwatched)), for: id)
        if let attempt = ledger[id], attempt.isAdopted || attempt.sendings > 0 {
            (runtime.lastHealthDue, runtime.lastHealthTries) = (now + policy.healthAfterEnd, 0)
        }
        runtime[watch: id].bookDue = nil
        runtime[watch: id].repairs = 0
        runtime[watch: id].isGivenUp = false
        followUp(id)
    }

    mutating func take(_ input: Input) {
        switch input {
        case .started(let start, let mayContinue): begin(start, mayContinue: mayContinue)
        case .stopping: runtime.isStopping = true
        case .stopped: sayGoodbye()
        case .attached: attached()
        case .command(let envelope): obey(envelope)
        case .external(let body, let gathered): takeOrder(body, gathered)
        case .time: break
        case .castRead(let result): castRead(result)
        case .healthRead(let answer): healthRead(answer)
        case .routeRead(let state): routeRead(state)
        case .accountRead(let answer): accountRead(answer)
        case .pricesRead(let answer): pricesRead(answer)
        case .endpointRead(let answer): endpointRead(answer)
        case .workersRead(let answer): workersRead(answer)
        case .logLines(let id, let lines): logLines(id, lines)
        case .logEnded(let id, let end): logEnded(id, end)
        case .prepared(let id, let preparation): prepared(id, preparation)
        case .submitted(let id, let answer): submitted(id, answer)
        case .statusRead(let id, let answer): statusRead(id, answer)
        case .foreignRead(let actor, let runpod, let answer): foreignRead(actor, runpod, answer)
        case .cancelAnswered(let id, let answer): cancelAnswered(id, answer)
        case .delivered(let delivery): delivered(delivery)
        case .hinted(let job): hinted(job)
        case .modelFound(let id, let finding): modelFound(id, finding)
        case .versionWritten(let id, let write, let fault): versionWritten(id, write, fault: fault)
        case .modelWritten(let id, let result): modelWritten(id, result)
        case .marked(let mark, let fault): marked(mark, fault: fault)
        }
    }
}
