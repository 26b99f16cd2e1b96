import TerminalUI
import Training

/// What the look at the plan's needs has come to: an error lets nothing start, a warning wants a key of its own.
extension PlanSheet {
    func errors(of plan: TrainingPlan) -> [Finding] { check.report?.errors(of: plan.actor) ?? [] }

    private var generalErrors: [Finding] { budgetFindings.errors + (check.report?.general.errors ?? []) }

    /// The budget's word on what is started; what is left out takes nothing of it.
    private var budgetFindings: [Finding] { budget?.check(costs) ?? [] }

    private var costs: [Money?] { started.map(\.expectation.money) }

    var budgetLines: [DialogLine] { (budget?.lines(taking: costs) ?? []).map { DialogLine($0) } }

    /// All that should be seen before it is paid, about what is started; without a check only the budget and what stands in its rows.
    var warnings: [Finding] {
        guard let report = check.report else { return budgetFindings.warnings }
        return budgetFindings.warnings + report.general.warnings
            + started.flatMap { plan in
                (report.actors[plan.actor] ?? []).warnings.map { $0.about(plan) }
            }
    }

    /// Whether what was found still has to be seen. What stands in the rows was in view from the first.
    var needsSeeing: Bool { !hasSeenWarnings && generalErrors.isEmpty && !warnings.isEmpty }

    /// Why `y` starts nothing now; nil where it does.
    var obstacle: String? {
        if check == .running { return "It starts as soon as what it needs was looked at." }
        if let error = generalErrors.first { return "Not started: \(error.words)" }
        if !errors.isEmpty, started.isEmpty { return "Not started: \(errors[0].words)" }
        return needsSeeing ? "Not started: there are warnings; w says that they were seen." : nil
    }

    private var errors: [Finding] { plans.flatMap(errors(of:)) }

    mutating func toggleOverride() {
        guard canOverride else { return }
        isOverriding.toggle()
        // Others are started now, and their warnings were not seen.
        hasSeenWarnings = false
    }

    /// With nothing open the screen's time may be yesterday's, and so what was left of the day's budget.
    mutating func take(_ report: PreflightReport, budget: BudgetOutlook?) {
        check = .done(report)
        self.budget = budget
    }

    mutating func seeWarnings() {
        if needsSeeing { hasSeenWarnings = true }
    }

    /// The lines below the plan's rows.
    var checkLines: [DialogLine] {
        let errors = generalErrors.map { DialogLine("✗ \($0.words)", .error) }
        let seen = warnings.map { DialogLine("! \($0.words)", hasSeenWarnings ? .dim : .warning) }
        let found = errors + seen
        switch check {
        case .none: return found.isEmpty ? [] : [.blank] + found
        case .running: return [.blank] + found + [DialogLine("Looking at endpoint, webhook, images and workflow …", .dim)]
        case .done where found.isEmpty:
            return [.blank, DialogLine("Endpoint, webhook, images and workflow were looked at.", .dim)]
        case .done: return [.blank] + found
        }
    }
}

extension Finding {
    /// The sentence and what to do about it.
    var words: String { sentence + (remedy.map { "; \($0)" } ?? "") }

    fileprivate func about(_ plan: TrainingPlan) -> Finding {
        var finding = self
        finding.sentence = "\(plan.actor.padded): \(sentence)"
        return finding
    }
}
