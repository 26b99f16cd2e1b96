import TerminalUI
import Training

/// What a start would submit, as it is shown before anything is paid.
struct PlanSheet: Hashable, Sendable {
    /// Which plan it is, so that a check that comes late goes onto no other one.
    let number: Int
    /// What was asked for, in the list's order.
    let plans: [TrainingPlan]
    var check: Check
    /// What the budgets had left when it was opened; nil where none is set.
    var budget: BudgetOutlook?
    /// What the estimates rest on; nil where no price is known.
    var prices: PriceOutlook?
    /// What stands above the rows.
    var notes: [DialogLine] = []
    /// Whether actors that are out for a matter of judgement are taken in.
    var isOverriding = false
    /// The warnings that the operator has said to have seen, in their words.
    var seen: Set<String> = []

    /// The look at what the trainings need.
    enum Check: Hashable, Sendable {
        /// Nobody looks.
        case none
        case running
        case done(PreflightReport)

        var report: PreflightReport? { if case .done(let report) = self { report } else { nil } }
    }

    var started: [TrainingPlan] { plans.filter(isStarted) }
    var leftOut: [TrainingPlan] { plans.filter { !isStarted($0) } }
    /// Whether an override would take anybody in.
    var canOverride: Bool {
        plans.contains { !$0.eligibility.isEligible && $0.eligibility.reasons.allSatisfy(\.canBeOverridden) }
    }

    private func isStarted(_ plan: TrainingPlan) -> Bool {
        errors(of: plan).isEmpty && plan.eligibility.reasons.allSatisfy { isOverriding && $0.canBeOverridden }
    }

    /// All minutes one after the other; nil where nothing would start.
    var minutes: Int { started.reduce(0) { $0 + PlanSheet.minutes(of: $1) } }

    /// Nil where a price is missing.
    var cost: Double? {
        started.reduce(Double?(0)) { sum, plan in
            guard let sum, let cost = plan.expectation.cost else { return nil }
            return sum + cost
        }
    }

    static func minutes(of plan: TrainingPlan) -> Int { Int((plan.expectation.duration.inSeconds / 60).rounded(.up)) }

    /// - Parameter width: the columns of a line; names get what the numbers leave.
    func lines(parallelism: Int, width: Int) -> [DialogLine] {
        let nameWidth = max(8, min(32, width - 40))
        var lines = notes
        if !started.isEmpty {
            lines.append(
                DialogLine(
                    PlanSheet.row(nameWidth, "id", "name", "imgs", "steps", "rate", "ver", "min", "cost"), .dim, isRow: true))
        }
        for plan in started {
            lines.append(DialogLine(row(of: plan, nameWidth), .dialog, isRow: true))
            let remarks = remarks(on: plan)
            guard !remarks.isEmpty else { continue }
            lines.append(DialogLine("     ! " + remarks.joined(separator: ", "), hasSeen(plan) ? .dim : .warning))
        }
        if !started.isEmpty {
            lines.append(.blank)
            lines.append(DialogLine(sum(parallelism: parallelism), .title))
            lines.append(DialogLine(basis, .dim))
            lines += budgetLines
        }
        for plan in leftOut {
            let reasons = (plan.eligibility.reasons.map(\.text) + errors(of: plan).map(\.words)).joined(separator: ", ")
            lines.append(DialogLine("left out: \(plan.actor.padded) \(plan.name): \(reasons)", .warning))
        }
        lines += checkLines
        if canOverride {
            lines.append(
                DialogLine(
                    isOverriding ? "o leaves the overridden ones out again." : "o takes in who is out for a judgement only."))
        }
        return lines
    }

    private func sum(parallelism: Int) -> String {
        let images = started.reduce(0) { $0 + $1.images }
        let steps = started.reduce(0) { $0 + $1.parameters.maxTrainSteps }
        let places = "\(parallelism) at once"
        let price = cost.map { "≈ \($0.inDollars)" } ?? "no price is known"
        return
            "\(counted(started.count, "training")), \(counted(images, "image")), \(steps) steps, \(minutes) min of GPU time, \(places), \(price)"
    }

    /// All plans of a moment have learned from the same trainings.
    private var basis: String {
        "Estimated \(started.first?.expectation.basis ?? "")" + (prices.map { ", \($0.words)" } ?? "")
    }

    private func row(of plan: TrainingPlan, _ nameWidth: Int) -> String {
        PlanSheet.row(
            nameWidth, plan.actor.padded, plan.name, "\(plan.images)", "\(plan.parameters.maxTrainSteps)",
            "\(plan.parameters.learningRate)",
            "\(plan.model.version)", "\(PlanSheet.minutes(of: plan))", plan.expectation.cost.map { "≈\($0.inDollars)" } ?? "")
    }

    /// Columns that line up also where a name is foreign.
    private static func row(
        _ nameWidth: Int, _ id: String, _ name: String, _ images: String, _ steps: String, _ rate: String, _ version: String,
        _ minutes: String,
        _ cost: String
    ) -> String {
        func cell(_ text: String, _ width: Int, _ alignment: DisplayText.Alignment = .right) -> String {
            DisplayText(untrusted: text).padded(to: width, alignment: alignment).string
        }
        return [
            cell(id, 4, .left), cell(name, nameWidth, .left), cell(images, 4), cell(steps, 5), cell(rate, 7), cell(version, 4),
            cell(minutes, 3),
            cell(cost, 6),
        ].joined(separator: " ")
    }
}
