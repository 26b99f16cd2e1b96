import TerminalUI
import Training

extension DashboardState {
    /// A pane's title: its number key, its name, how much of it is seen and why not all. `>` marks the one that has the keys.
    func title(of pane: Pane, isFocused: Bool) -> DisplayText {
        let name = (isFocused ? "> " : "") + "\(pane.rawValue + 1) \(pane.title)"
        let parts = [name] + facts(of: pane) + filterWords(of: pane)
        return DisplayText(untrusted: parts.joined(separator: " · "))
    }

    private func facts(of pane: Pane) -> [String] {
        switch pane {
        case .actors: actorFacts
        case .trainings: trainingFacts
        case .log: logFacts
        }
    }

    private var actorFacts: [String] {
        var facts = ["\(actors.eligibleCount) of \(actors.count) eligible"]
        if !actors.marks.isEmpty { facts.append(markedWords(actors.marks, shown: actors.list.ids)) }
        if actors.sort != .id { facts.append("by \(actors.sort.rawValue)") }
        if let castAsOf { facts.append("as of \(castAsOf.minuteText(seenAt: now))") }
        if castFault != nil { facts.append("NOT READ") }
        return facts
    }

    /// Marks that a filter hides take part in what is done with the marked ones all the same.
    private func markedWords<ID: Hashable>(_ marks: Set<ID>, shown: [ID]) -> String {
        let hidden = marks.subtracting(shown).count
        return "\(marks.count) marked" + (hidden > 0 ? " (\(hidden) hidden)" : "")
    }

    private var trainingFacts: [String] {
        var facts = ["\(trainings.tally.open) open of \(trainings.count)"]
        if !trainings.marks.isEmpty { facts.append(markedWords(trainings.marks, shown: trainings.list.ids)) }
        if let batch = batchCost { facts.append(batch) }
        return facts
    }

    /// What the open trainings have cost and will cost in all, with what earlier attempts of theirs have; nil where a price is missing.
    private var batchCost: String? {
        let attempts = ledger.openAttempts
        guard !attempts.isEmpty else { return nil }
        var (spent, whole) = (0.0, 0.0)
        for attempt in attempts {
            guard let job = ledger[attempt.id.job], let estimate = estimatedCost(of: job) else { return nil }
            if case .soFar(let dollars) = Cost(of: attempt, estimated: estimate, now: now) { spent += dollars }
            whole += estimate
            let earlier = job.attempts.dropLast().compactMap { Cost(of: $0, estimated: nil, now: now).dollars }.reduce(0, +)
            (spent, whole) = (spent + earlier, whole + earlier)
        }
        return "\(spent.inDollars) of ≈ \(whole.inDollars)"
    }

    private var logFacts: [String] {
        var facts: [String] = []
        if let job = log.narrowedTo { facts.append("only \(job) (l shows all)") }
        facts.append(log.follows ? "following" : "stopped, \(counted(log.unread, "new line")) (f follows)")
        if log.dropped > 0 { facts.append("\(log.dropped) older dropped") }
        return facts
    }

    private func filterWords(of pane: Pane) -> [String] {
        let filter = filter(of: pane)
        let isTyped = isFiltering && pane == focus
        guard isTyped || !filter.isEmpty else { return [] }
        let (shown, all) =
            switch pane {
            case .actors: (actors.list.ids.count, actors.count)
            case .trainings: (trainings.list.ids.count, trainings.count)
            case .log: (log.list.ids.count, log.count)
            }
        return ["/\(filter.text)", "\(shown) of \(all)"]
    }
}
