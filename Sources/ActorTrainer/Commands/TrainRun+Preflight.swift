import EngineAPI
import PlainOutput
import Training

extension TrainRun {
    /// Looks before anything is paid, says what was found, and gives the actors against whom nothing stands.
    ///
    /// Who was named is trained or nothing is; of those that were chosen here, one that cannot be trained is left out, so that it does not
    /// keep the others waiting every night. `--yes` answers the question, warnings with it, and no error.
    /// - Returns: whom nothing stands against, and whether warnings were told.
    /// - Throws: `Failure` where an error leaves nobody.
    func passing(
        _ chosen: [ActorID], _ cast: [ActorProfile], _ snapshot: Snapshot
    ) async throws(Failure) -> (actors: [ActorID], isWarned: Bool) {
        var report = await session.preflight(chosen)
        let plans = cast.filter { chosen.contains($0.id) }.map { plan(for: $0, in: snapshot) }
        report.general += budgetOutlook(in: snapshot).check(plans.map(\.expectation.money))
        tell(report.general.objections, about: nil)
        for id in chosen { tell((report.actors[id] ?? []).objections, about: cast.first { $0.id == id }?.name) }
        let passing = chosen.filter { report.errors(of: $0).isEmpty }
        let isEnough = options.actors.isEmpty ? !passing.isEmpty : passing.count == chosen.count
        let errors = report.general.errors + (isEnough ? [] : chosen.flatMap(report.errors))
        let warnings = report.general.warnings + passing.flatMap { (report.actors[$0] ?? []).warnings }
        guard let first = errors.first else { return (passing, !warnings.isEmpty) }
        let more = errors.count > 1 ? " (and \(errors.count - 1) more; “doctor” has them all)" : ""
        let remedy = first.remedy.map { "; \($0)" } ?? ""
        throw Failure(
            errors.allSatisfy(\.isRefusal) ? .refused : .prerequisite, "nothing was submitted: \(first.sentence)\(remedy)\(more)")
    }

    func plan(for actor: ActorProfile, in snapshot: Snapshot) -> TrainingPlan {
        TrainingPlan(for: actor, in: snapshot.ledger, prices: snapshot.priceOutlook)
    }

    /// What the budgets have left; what an earlier run queued comes first.
    private func budgetOutlook(in snapshot: Snapshot) -> BudgetOutlook {
        BudgetOutlook(session.source.budget, in: snapshot.ledger, at: snapshot.now) { attempt in
            if attempt.order != nil { return attempt.spending(at: snapshot.now).estimated }
            return snapshot.cast.actors.first { $0.id == attempt.actor }.flatMap { plan(for: $0, in: snapshot).expectation.money }
        }
    }

    private func tell(_ objections: [Finding], about actor: String?) {
        for finding in objections {
            if options.json {
                Output.print(checkJSON(finding))
            } else {
                let subject = actor.map { "\($0): " } ?? ""
                Output.print(SeedScript.warning(subject + finding.sentence + (finding.remedy.map { "; \($0)" } ?? "")))
            }
        }
    }
}
