import EngineAPI
import Training

/// What an answer to a dialog leads to.
extension DashboardState {
    mutating func answer(_ action: KeyAction) -> [DashboardEffect] {
        guard let open = dialog else { return [] }
        if action == .override || action == .seeWarnings {
            change(open) { action == .override ? $0.toggleOverride() : $0.seeWarnings() }
            return []
        }
        if action == .accept, case .plan(let sheet) = open.kind, let obstacle = sheet.obstacle {
            if sheet.isWaiting { (dialog, wantedPlan) = (nil, sheet) }
            say(obstacle, sheet.isWaiting ? .info : .warning, logged: false)
            return []
        }
        dialog = nil
        switch (open.kind, action) {
        case (.plan(let sheet), .accept): return start(sheet)
        case (.question(let question), .accept): return perform(question)
        case (.leaving, .accept): return [.leave]
        case (.verdict(let actor, let version), .good), (.verdict(let actor, let version), .bad):
            let words = "Mark \(ModelName(actor: actor, version: version)) \(action == .good ? "good" : "bad")"
            return send(.markGood(actor, version, good: action == .good), words)
        case (.resolution(let job), .resolveCompleted): askReason(job, .completed)
        case (.resolution(let job), .resolveFailed): askReason(job, .failed)
        case (.resolution(let job), .resolveNeverSubmitted): askReason(job, .neverSubmitted)
        default: break
        }
        return []
    }

    private mutating func change(_ open: Dialog, _ change: (inout PlanSheet) -> Void) {
        guard case .plan(var sheet) = open.kind else { return }
        change(&sheet)
        dialog?.kind = .plan(sheet)
        setScroll(open.scroll)
    }

    /// What was found goes onto the plan that it is about. One that was started meanwhile begins where nothing speaks against it, and is
    /// shown again where something does.
    mutating func take(_ report: PreflightReport, forPlan number: Int) -> [DashboardEffect] {
        if var sheet = wantedPlan, sheet.number == number {
            wantedPlan = nil
            sheet.take(report, budget: budgetOutlook(at: max(now, report.asOf ?? now)))
            guard let obstacle = sheet.obstacle else { return start(sheet) }
            say(obstacle, .warning)
            // A question that is open by now keeps the keys.
            if dialog == nil { dialog = Dialog(.plan(sheet)) }
        } else if case .plan(var sheet) = dialog?.kind, sheet.number == number {
            sheet.take(report, budget: budgetOutlook(at: max(now, report.asOf ?? now)))
            dialog?.kind = .plan(sheet)
        }
        return []
    }

    private mutating func start(_ sheet: PlanSheet) -> [DashboardEffect] {
        let ids = sheet.started.map(\.actor)
        guard !ids.isEmpty else {
            say("Nothing was started: every actor is left out.", .warning, logged: false)
            return []
        }
        let words = "Train " + ids.map(\.padded).joined(separator: ", ")
        let effects = send(.train(actors: ids, origin: .operator, override: sheet.isOverriding), words)
        if !effects.isEmpty { actors.clearMarks() }
        return effects
    }

    private mutating func perform(_ question: Question) -> [DashboardEffect] {
        var effects: [DashboardEffect] = []
        for step in question.steps {
            effects += send(step.command, step.words, expects: step.expects)
            switch step.command {
            case .cancel(let jobs), .retry(let jobs): trainings.unmark(jobs)
            default: break
            }
        }
        return effects
    }

    private mutating func askReason(_ job: JobID, _ outcome: Outcome) {
        dialog = Dialog(.reason(job, outcome), field: TextInput())
    }

    /// Enter in a dialog's field: the word that a question wants, or the reason for a resolution.
    mutating func takeTypedText() -> [DashboardEffect] {
        guard let open = dialog, let field = open.field else { return [] }
        switch open.kind {
        case .question(let question):
            dialog = nil
            guard field.text == question.typedWord else {
                say("Nothing was done: “\(field.text)” is not “\(question.typedWord ?? "")”.", .info, logged: false)
                return []
            }
            return perform(question)
        case .reason(let job, let outcome):
            // Without a reason nobody could later say why; the field stays open.
            guard field.text.contains(where: { $0 != " " }) else { return [] }
            dialog = nil
            let words = "Resolve \(job) as \(outcome.words)"
            return send(.resolve(job, outcome, because: field.text), words, expects: ledger[job]?.latest.phase.name)
        default: return []
        }
    }
}
