import EngineAPI
import TerminalUI
import Training

/// What keys do. Questions are opened here; what they lead to stands in `DashboardState+Answering`.
extension DashboardState {
    mutating func perform(_ action: KeyAction) -> [DashboardEffect] {
        switch action {
        case .leave: return leave()
        case .interrupt: return interrupt()
        case .redraw: return [.redraw]
        case .help: dialog = Dialog(.help(focus))
        case .refresh:
            if case .lost = connection { return [.attachAgain] }
            say("Actors and open trainings are asked for.", logged: false)
            return send(.refresh, "Refresh")
        case .toggleHold: return toggleHold()
        case .raiseParallelism: return changeParallelism(by: 1)
        case .lowerParallelism: return changeParallelism(by: -1)
        case .plan: return openPlan()
        case .open: return open()
        case .cancel: askCancel()
        case .cancelAll: askCancelAll()
        case .retry: askRetry()
        case .retryFailed: askRetryFailed()
        case .judge: askVerdict()
        case .resolve: askResolution()
        case .dismissPending: askDismissal()
        case .accept, .decline, .override, .seeWarnings, .good, .bad, .resolveCompleted, .resolveFailed, .resolveNeverSubmitted:
            return answer(action)
        case .keepText, .dropText, .eraseCharacter, .eraseWord: return edit(action)
        default: move(action)
        }
        return []
    }

    /// What changes only the view.
    private mutating func move(_ action: KeyAction) {
        switch action {
        case .nextPane: setFocus(focus.neighbour(1))
        case .previousPane: setFocus(focus.neighbour(-1))
        case .actorsPane: setFocus(.actors)
        case .trainingsPane: setFocus(.trainings)
        case .logPane: setFocus(.log)
        case .filter: isFiltering = true
        case .clearFilter: changeFilter { $0.clear() }
        case .mark: markSelected()
        case .markAll: markAll()
        case .clearMarks: if focus == .actors { actors.clearMarks() } else { trainings.clearMarks() }
        case .sort: actors.cycleSort(height: rows(of: .actors))
        case .detail: openDetail()
        case .narrow: toggleNarrowing()
        case .follow: log.follow(height: rows(of: .log))
        default: scroll(action)
        }
    }

    private mutating func setFocus(_ pane: Pane) {
        focus = pane
        settle()
        if log.follows { log.follow(height: rows(of: .log)) }
    }

    /// The plan, or the reasons why there is none; those may be read in a read-only dashboard, too.
    private mutating func open() -> [DashboardEffect] {
        guard !actors.marks.isEmpty || actors.selected?.eligibility.isEligible == true else {
            openDetail()
            return []
        }
        guard let refusal = refusal(of: .plan) else { return openPlan() }
        say(refusal, .warning, logged: false)
        return []
    }

    private mutating func openDetail() {
        switch focus {
        case .actors: if let id = actors.list.selected { dialog = Dialog(.actor(id)) }
        case .trainings: if let id = trainings.list.selected { dialog = Dialog(.training(id)) }
        case .log: if let number = log.list.selected { dialog = Dialog(.logEntry(number)) }
        }
    }

    private mutating func markSelected() {
        if focus == .trainings {
            if let id = trainings.list.selected { trainings.toggleMark(id) }
        } else if let row = actors.selected {
            guard row.canBeTrained || actors.marks.contains(row.id) else {
                let reasons = row.eligibility.reasons.map(\.text).joined(separator: ", ")
                say("\(row.id.padded) cannot be trained: \(reasons).", .warning, logged: false)
                return
            }
            actors.toggleMark(row.id)
        }
        scroll(.down)
    }

    private mutating func markAll() {
        if focus == .trainings { trainings.toggleAll(in: ledger) } else { actors.toggleAll() }
    }

    private mutating func toggleNarrowing() {
        isNarrowed.toggle()
        followSelection()
    }

    /// While the log is narrowed, it shows the training that is selected.
    mutating func followSelection() {
        log.narrow(to: isNarrowed ? trainings.list.selected : nil, height: rows(of: .log))
    }
}
