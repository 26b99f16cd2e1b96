import EngineAPI
import TerminalUI
import Training

/// The two lines at the bottom: what was just said or what the selected row is about, and the keys that work now.
extension DashboardState {
    func paintStrip(in area: Rect, on buffer: inout Buffer) {
        if isFiltering {
            let prompt = buffer.put("Filter: ", x: area.x + 1, y: area.y, style: Style(.title), in: area)
            let end = buffer.put(filter(of: focus).shown.truncated(to: area.width - 11), x: prompt, y: area.y, in: area)
            if dialog == nil { buffer.cursor = Buffer.Position(x: min(end, area.maxX - 1), y: area.y) }
            return
        }
        let (text, role) = stripWords
        let shown = DisplayText(untrusted: text).truncated(to: area.width - 2)
        buffer.put(shown, x: area.x + 1, y: area.y, style: Style(role), in: area)
    }

    private var stripWords: (String, Role) {
        if let message { return (message.severity.word + message.text, message.severity.role) }
        if case .lost(let sentence) = connection { return ("Error: \(sentence)", .error) }
        if let castFault, focus == .actors { return ("Warning: \(castFault)", .warning) }
        switch focus {
        case .actors: return (actors.selected.map(words) ?? "", .dim)
        case .trainings: return (trainings.list.selected.flatMap { ledger[$0] }.map(words) ?? "", .dim)
        case .log: return (log.selected?.text ?? "", .dim)
        }
    }

    /// All reasons and warnings of an actor.
    private func words(on row: ActorRow) -> String {
        let remarks = row.eligibility.reasons.map(\.text) + row.eligibility.warnings.map(\.text)
        return "\(row.id.padded) \(row.profile.name): " + (remarks.isEmpty ? "may be trained" : remarks.joined(separator: ", "))
    }

    private func words(on job: Job) -> String {
        let attempt = job.latest
        var parts = ["\(job.id) \(job.actorName)"]
        // What a narrow table leaves out comes first.
        let cost = Cost(of: job, estimated: estimatedCost(of: job), now: now)
        if case .uncertain(_, let reason) = attempt.phase { parts.append(reason) }
        if case .doubtful = cost {
            parts.append("cost \(cost.long)")
        } else if cost != .unknown {
            parts.append(cost.long + job.costScope)
        }
        if !attempt.phase.isDone, let check = checks[attempt.id] {
            parts.append("asked \(check.asOf.minuteText)" + (check.fault.map { ": \($0)" } ?? ""))
        }
        if let reason = attempt.phase.ending?.reason { parts.append(reason) }
        if let model = attempt.phase.ending?.model { parts.append(model) }
        if let runpod = attempt.runpod { parts.append("RunPod job \(runpod)") }
        return parts.joined(separator: " · ")
    }

    func paintFooter(in area: Rect, on buffer: inout Buffer) {
        KeyHints(hints).draw(in: area, on: &buffer)
    }

    /// The keys that do something now, in the key table's order.
    var hints: [KeyHints.Hint] {
        if let dialog { return content(of: dialog, width: width).buttons }
        return paneHints
    }

    private var paneHints: [KeyHints.Hint] {
        KeyTable.bindings(in: context).compactMap { binding in
            guard let word = binding.word, isUseful(binding.action) else { return nil }
            return KeyHints.Hint(binding.keyName, binding.action == .toggleHold && ledger.queue.hold != nil ? "resume" : word)
        }
    }

    /// Whether an action has something to act on.
    private func isUseful(_ action: KeyAction) -> Bool {
        if refusal(of: action) != nil { return false }
        let job = trainings.list.selected.flatMap { ledger[$0] }
        switch action {
        case .mark: return focus == .actors ? actors.selected?.canBeTrained == true : job != nil
        case .markAll: return focus == .actors ? actors.eligibleCount > 0 : trainings.tally.open > 0
        case .clearMarks: return focus == .actors ? !actors.marks.isEmpty : !trainings.marks.isEmpty
        case .plan: return !actors.marks.isEmpty || actors.selected?.canBeTrained == true
        case .cancel: return !trainings.marks.isEmpty || job.map { $0.obstacleToCancel == nil } ?? false
        case .retry: return job.map { $0.isDone && $0.latest.outcome != .completed } ?? false
        case .retryFailed: return trainings.list.ids.contains { ledger[$0]?.latest.outcome == .failed }
        case .resolve: return job?.latest.canBeResolved == true
        case .judge: return focus == .actors ? actors.selected?.modelBadge != "–" : job?.latest.outcome == .completed
        case .dismissPending: return actors.selected?.hasForeignPending == true
        case .narrow: return isNarrowed || job != nil
        case .follow: return !log.follows
        default: return true
        }
    }
}

extension ActorRow {
    var hasForeignPending: Bool {
        eligibility.reasons.contains { reason in
            if case .pendingElsewhere = reason { true } else { false }
        }
    }
}
