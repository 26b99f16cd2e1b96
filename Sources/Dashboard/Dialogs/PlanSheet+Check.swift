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

    /// What the budget and the look found that should be seen before it is paid, about what is started.
    var warnings: [Finding] {
        guard let report = check.report else { return budgetFindings.warnings }
        return budgetFindings.warnings + report.general.warnings
            + started.flatMap { plan in
                (report.actors[plan.actor] ?? []).warnings.map { $0.about(plan) }
            }
    }

    /// What stands below a row of its own: it is known without any look.
    func remarks(on plan: TrainingPlan) -> [String] {
        plan.eligibility.warnings.map(\.text) + plan.eligibility.reasons.map { "overridden: \($0.text)" }
    }

    /// Whether something on the plan still has to be seen: each line with a “!” wants it, wherever it stands, also one that the look
    /// or an override has added since.
    var needsSeeing: Bool { generalErrors.isEmpty && !seen.isSuperset(of: toSee) }

    private var toSee: [String] {
        warnings.map(\.words) + started.flatMap { plan in remarks(on: plan).map { PlanSheet.mark($0, plan) } }
    }

    func hasSeen(_ plan: TrainingPlan) -> Bool { remarks(on: plan).allSatisfy { seen.contains(PlanSheet.mark($0, plan)) } }

    private static func mark(_ remark: String, _ plan: TrainingPlan) -> String { "\(plan.actor) \(remark)" }

    /// Whether `y` starts it by itself as soon as the look has ended.
    var isWaiting: Bool { check == .running && !needsSeeing }

    /// Why `y` starts nothing now; nil where it does.
    var obstacle: String? {
        if let error = generalErrors.first { return "Not started: \(error.words)" }
        if !errors.isEmpty, started.isEmpty { return "Not started: \(errors[0].words)" }
        if needsSeeing { return "Not started: there are warnings; w says that they were seen." }
        return check == .running ? "It starts as soon as what it needs was looked at." : nil
    }

    private var errors: [Finding] { plans.flatMap(errors(of:)) }

    mutating func toggleOverride() {
        if canOverride { isOverriding.toggle() }
    }

    /// With nothing open the screen's time may be yesterday's, and so what was left of the day's budget.
    mutating func take(_ report: PreflightReport, budget: BudgetOutlook?) {
        check = .done(report)
        self.budget = budget
    }

    mutating func seeWarnings() {
        seen.formUnion(toSee)
    }

    /// The lines below the plan's rows.
    var checkLines: [DialogLine] {
        let errors = generalErrors.map { DialogLine("✗ \($0.words)", .error) }
        let found = errors + warnings.map { DialogLine("! \($0.words)", seen.contains($0.words) ? .dim : .warning) }
        switch check {
        case .none: return found.isEmpty ? [] : [.blank] + found
        case .running: return [.blank] + found + [DialogLine("Looking at endpoint, webhook, images and workflow …", .dim)]
        case .done where found.isEmpty && started.isEmpty: return []
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
