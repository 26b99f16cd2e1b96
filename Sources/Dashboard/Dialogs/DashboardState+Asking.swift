import EngineAPI
import TerminalUI
import Training

/// Opening the questions. Each is about ids that are fixed here.
extension DashboardState {
    /// Opens the plan and, where the program can, has what it needs looked at.
    mutating func openPlan() -> [DashboardEffect] {
        let marked = actors.markedRows
        let rows = marked.isEmpty ? [actors.selected].compactMap(\.self) : marked
        guard !rows.isEmpty else {
            say("There is no actor to train.", .warning, logged: false)
            return []
        }
        let plans = rows.map { TrainingPlan(for: $0.profile, in: ledger, prices: priceOutlook) }
        planCount += 1
        let sheet = PlanSheet(
            number: planCount, plans: plans, check: checksPlans ? .running : .none, budget: budgetOutlook(at: now),
            prices: priceOutlook, notes: planNotes(rows.map(\.id)))
        dialog = Dialog(.plan(sheet))
        return checksPlans ? [.check(plan: planCount, plans.map(\.actor))] : []
    }

    /// What is not seen of the rows themselves: that some are hidden, and that a start would start nothing yet.
    private func planNotes(_ chosen: [ActorID]) -> [DialogLine] {
        let held = ledger.queue.hold.map { [DialogLine("The queue is held (\($0.reason)); h lets it move.", .warning)] } ?? []
        return hiddenLines(chosen, shown: actors.list.ids) + held
    }

    private var priceOutlook: PriceOutlook? { prices ?? PriceOutlook(perSecond: source.pricePerSecond) }

    /// Nil where no budget is set.
    func budgetOutlook(at time: Timestamp) -> BudgetOutlook? {
        guard source.budget != Budget() else { return nil }
        return BudgetOutlook(source.budget, in: ledger, at: time) { attempt in
            ledger[attempt.id.job].flatMap { estimatedCost(of: $0) }.flatMap { Money(dollars: $0) }
        }
    }

    /// The marked trainings, or the selected one, in the list's order.
    var chosenJobs: [Job] {
        guard trainings.marks.isEmpty else { return ledger.jobs.filter { trainings.marks.contains($0.id) } }
        return [trainings.list.selected.flatMap { ledger[$0] }].compactMap(\.self)
    }

    /// Says of marked rows that the filter hides that they are among those that a question is about.
    func hiddenLines<ID: Hashable>(_ chosen: [ID], shown: [ID]) -> [DialogLine] {
        let hidden = Set(chosen).subtracting(shown).count
        return hidden > 0 ? [DialogLine("\(hidden) of them hidden by the filter.", .warning)] : []
    }

    mutating func askRetry() {
        if let doubtful = chosenJobs.first(where: { $0.latest.phase.name == .uncertain }) {
            say("\(doubtful.id) may be running: resolve it with v first.", .warning, logged: false)
            return
        }
        let jobs = chosenJobs.filter { $0.isDone && $0.latest.outcome != .completed }
        guard !jobs.isEmpty else {
            say(
                "Only a training that ended without a model can be retried; train its actor anew otherwise.", .warning,
                logged: false)
            return
        }
        askRetry(jobs, left: [])
    }

    /// All that failed among the rows that the filter shows. A request that RunPod rejected would be rejected again.
    mutating func askRetryFailed() {
        let shown = Set(trainings.list.ids)
        let failed = ledger.jobs.filter { job in
            guard shown.contains(job.id), let outcome = job.latest.outcome else { return false }
            return [.failed, .timedOut, .lost, .neverSubmitted, .rejected].contains(outcome)
                && ledger.openAttempt(of: job.actor) == nil
        }
        let jobs = failed.filter { $0.latest.outcome != .rejected }
        guard !jobs.isEmpty else {
            say("No training here has failed in a way that another try can mend.", .warning, logged: false)
            return
        }
        askRetry(jobs, left: failed.filter { $0.latest.outcome == .rejected })
    }

    private mutating func askRetry(_ jobs: [Job], left: [Job]) {
        var lines = jobs.map { job in
            DialogLine(
                "\(job.id) \(job.actorName): \(job.latest.phase.words), next is \(nextVersion(of: job)), \(expectedCost(of: job))"
            )
        }
        lines += hiddenLines(jobs.map(\.id), shown: trainings.list.ids)
        lines += left.map { DialogLine("\($0.id) is left out: it was rejected and would be again", .warning) }
        let ids = jobs.map(\.id)
        let step = Question.Step(command: .retry(ids), words: "Retry \(ids.words)", expects: .done)
        dialog = Dialog(.question(Question(title: "Retry \(counted(jobs.count, "training"))?", lines: lines, steps: [step])))
    }

    private func nextVersion(of job: Job) -> String {
        let profile = actors.rows[job.actor]?.profile ?? ActorProfile(id: job.actor, name: job.actorName)
        return VersionEvidence.next(for: profile, in: ledger).description
    }

    private func expectedCost(of job: Job) -> String {
        guard let cost = estimatedCost(of: job) else { return "no price is known" }
        return "≈ \(cost.inDollars)"
    }

    /// What a training of the job should cost, from its order or from the actor's images.
    func estimatedCost(of job: Job) -> Double? {
        if let cost = job.latest.order?.expectation.cost { return cost }
        guard let profile = actors.rows[job.actor]?.profile else { return nil }
        let steps = TrainingParameters.preset(images: profile.images.onS3, triggerToken: profile.name).maxTrainSteps
        return Expectation(steps: steps, history: ledger.history, prices: priceOutlook).cost
    }
}

extension [JobID] {
    var words: String { map(\.description).joined(separator: ", ") }
}
