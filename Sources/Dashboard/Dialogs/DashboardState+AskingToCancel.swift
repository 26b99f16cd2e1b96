import EngineAPI
import TerminalUI
import Training

/// Ending trainings: what is lost by it is said before.
extension DashboardState {
    mutating func askCancel() {
        let chosen = chosenJobs
        let jobs = chosen.filter { $0.obstacleToCancel == nil }
        guard !jobs.isEmpty else {
            let reasons = chosen.compactMap(\.obstacleToCancel)
            let words = chosen.count > 1 ? "None of the \(chosen.count) marked can be cancelled: \(reasons[0])" : reasons.first
            say(words ?? "There is no training to cancel.", .warning, logged: false)
            return
        }
        let phases = PhaseName.allCases.filter { phase in jobs.contains { $0.latest.phase.name == phase } }
        let steps = phases.map { phase in
            let ids = jobs.filter { $0.latest.phase.name == phase }.map(\.id)
            return Question.Step(command: .cancel(ids), words: "Cancel \(ids.words)", expects: phase)
        }
        let lines = jobs.map { DialogLine(cancelLine(of: $0)) } + hiddenLines(jobs.map(\.id), shown: trainings.list.ids)
        dialog = Dialog(.question(Question(title: "Cancel \(counted(jobs.count, "training"))?", lines: lines, steps: steps)))
    }

    private func cancelLine(of job: Job) -> String {
        let attempt = job.latest
        let version = attempt.version.map { " \($0)" } ?? ""
        let minutes = attempt.phase.name == .queued ? "" : ", \(attempt.elapsed(at: now).wholeMinutes) min"
        let cost = Cost(of: attempt, estimated: nil, now: now)
        var spent = ""
        if case .soFar = cost { spent = ", \(cost.long) is lost" }
        let later = attempt.phase.name == .uncertain ? "; cancelled as soon as RunPod is known to have it, v ends it by hand" : ""
        return "\(job.id) \(job.actorName)\(version): \(attempt.phase.words)\(minutes)\(spent)\(later)"
    }

    mutating func askCancelAll() {
        let tally = trainings.tally
        guard tally.open > 0 else {
            say("There is nothing to cancel.", .warning, logged: false)
            return
        }
        var lines = [DialogLine("\(counted(tally.running, "running training")) and \(tally.queued) queued will be cancelled.")]
        if tally.uncertain > 0 {
            lines.append(DialogLine("\(tally.uncertain) uncertain: each is cancelled as soon as RunPod is known to have it."))
        }
        lines.append(DialogLine("The queue is emptied first. What was spent is lost.", .warning))
        let question = Question(
            title: "Cancel everything?", lines: lines, steps: [Question.Step(command: .cancelAll, words: "Cancel everything")],
            typedWord: "all")
        dialog = Dialog(.question(question), field: TextInput())
    }
}

extension Job {
    /// Why a cancel would do nothing, as a sentence; nil where it would do something.
    var obstacleToCancel: String? {
        let attempt = latest
        switch attempt.phase {
        case .cancelling: return "\(id) is being cancelled already; RunPod has not confirmed it yet."
        case .uncertain where attempt.cancelRequestedAt != nil:
            return "\(id) is cancelled as soon as RunPod is known to have it; v ends it by hand."
        case .verifying: return "\(id) has finished at RunPod; its model is being looked for."
        case .done(let ending) where ending.outcome == .completed: return "\(id) has completed: there is nothing to cancel."
        case .done(let ending): return "\(id) has ended (\(ending.outcome.words)); r trains it again."
        case .queued, .preparing, .submitting, .uncertain, .waiting, .training: return nil
        }
    }
}
