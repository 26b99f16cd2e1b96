import EngineAPI
public import TerminalUI
import Training

/// Questions about one row, and those about the whole program.
extension DashboardState {
    /// The model in question: of the selected training, or the newest that the selected actor has.
    mutating func askVerdict() {
        if focus == .trainings {
            guard let job = trainings.list.selected.flatMap({ ledger[$0] }), job.latest.outcome == .completed,
                let version = job.latest.version
            else {
                say("Only a completed training has a model to judge.", .warning, logged: false)
                return
            }
            dialog = Dialog(.verdict(job.actor, version))
        } else if let row = actors.selected, let version = row.newestModel(in: ledger) {
            dialog = Dialog(.verdict(row.id, version))
        } else {
            say("The actor has no model to judge.", .warning, logged: false)
        }
    }

    mutating func askResolution() {
        guard let job = trainings.list.selected, ledger[job]?.latest.canBeResolved == true else {
            say("Only a training that is uncertain, GONE at RunPod or verifying is resolved by hand.", .warning, logged: false)
            return
        }
        dialog = Dialog(.resolution(job))
    }

    mutating func askDismissal() {
        let pending = (actors.selected?.eligibility.reasons ?? []).filter {
            if case .pendingElsewhere = $0 { true } else { false }
        }
        guard let row = actors.selected, !pending.isEmpty else {
            say("The actor has no pending version of somebody else's.", .warning, logged: false)
            return
        }
        var lines = pending.map { DialogLine($0.text) }
        lines.append(DialogLine("If one of them still runs, the actor would be trained and paid twice.", .warning))
        let step = Question.Step(command: .dismissPending(row.id), words: "Dismiss pending versions of \(row.id.padded)")
        let title = "Are these versions of \(row.id.padded) \(row.profile.name) dead?"
        dialog = Dialog(.question(Question(title: title, lines: lines, steps: [step])))
    }

    mutating func toggleHold() -> [DashboardEffect] {
        guard let hold = ledger.queue.hold else { return send(.hold, "Hold the queue") }
        // Somebody's own hold is let go by a key; what the engine held needs a look at why.
        if hold.cause == .asked { return send(.resume, "Resume the queue") }
        let lines = [
            DialogLine("It is held: \(hold.reason)"), DialogLine("\(trainings.tally.queued) queued would be submitted."),
        ]
        let step = Question.Step(command: .resume, words: "Resume the queue")
        dialog = Dialog(.question(Question(title: "Let the queue move again?", lines: lines, steps: [step])))
        return []
    }

    mutating func changeParallelism(by step: Int) -> [DashboardEffect] {
        let current = wishedParallelism ?? ledger.queue.parallelism
        guard current + step >= 1 else {
            say("At least one training may run at once; h holds the queue.", .warning, logged: false)
            return []
        }
        wishedParallelism = current + step
        return send(.setParallelism(current + step), "Set parallelism to \(current + step)")
    }

    mutating func leave() -> [DashboardEffect] {
        guard trainings.tally.open > 0, layout != nil else { return [.leave] }
        dialog = Dialog(.leaving)
        return []
    }

    /// The first Ctrl-C asks like q, the second one leaves.
    mutating func interrupt() -> [DashboardEffect] {
        if case .leaving = dialog?.kind { return [.leave] }
        isFiltering = false
        return leave()
    }

    /// What to print once the terminal is given back: what goes on and how to come back; nothing where nothing is open.
    public var farewell: [DisplayText] {
        trainings.tally.open > 0 ? leavingLines.map { DisplayText(untrusted: $0.text) } : []
    }

    var leavingLines: [DialogLine] {
        let tally = trainings.tally
        let kind = source.isSimulation ? "simulated" : "paid"
        var lines: [DialogLine] = []
        if tally.running > 0 {
            let verb = tally.running == 1 ? "goes" : "go"
            lines.append(DialogLine("\(counted(tally.running, "\(kind) training")) \(verb) on without this dashboard.", .title))
        }
        if tally.queued > 0 { lines.append(DialogLine("\(tally.queued) queued: nothing is submitted while no engine runs.")) }
        if tally.uncertain > 0 { lines.append(DialogLine("\(tally.uncertain) uncertain: RunPod may be running it.", .warning)) }
        lines.append(DialogLine("Come back with: \(wayBack ?? source.wayBack)"))
        return lines
    }
}

extension SourceDescription {
    /// The command that brings the same dashboard again, as far as the source itself tells.
    var wayBack: String {
        switch kind {
        case .demo: "actor-trainer --demo"
        case .project: "actor-trainer --project \(label)"
        case .server: "actor-trainer --server \(label)"
        }
    }
}

extension ActorRow {
    /// The newest version that a model of the actor is known by.
    func newestModel(in ledger: Ledger) -> VersionNumber? {
        let completed = profile.versions.filter { $0.status == .completed }.compactMap(\.version)
        let ours = ledger.jobs.lazy.filter { $0.actor == id }.flatMap(\.attempts)
            .filter { $0.outcome == .completed }.compactMap(\.version)
        return (profile.models.compactMap(\.version) + completed + ours).max()
    }
}
