import TerminalUI

/// Moving in lists, dialogs and fields.
extension DashboardState {
    mutating func scroll(_ action: KeyAction) {
        guard dialog == nil else {
            scrollDialog(action)
            return
        }
        switch focus {
        case .actors: move(&actors.list, action, height: rows(of: .actors))
        case .trainings:
            move(&trainings.list, action, height: rows(of: .trainings))
            followSelection()
        case .log:
            if action == .last {
                log.follow(height: rows(of: .log))
            } else {
                move(&log.list, action, height: rows(of: .log))
                log.stopFollowing()
            }
        }
    }

    private func move<ID>(_ list: inout RowList<ID>, _ action: KeyAction, height: Int) {
        switch action {
        case .up: list.move(by: -1, height: height)
        case .down: list.move(by: 1, height: height)
        case .pageUp: list.movePage(by: -1, height: height)
        case .pageDown: list.movePage(by: 1, height: height)
        case .halfPageUp: list.move(by: -max(1, height / 2), height: height)
        case .halfPageDown: list.move(by: max(1, height / 2), height: height)
        case .first: list.moveToStart(height: height)
        case .last: list.moveToEnd(height: height)
        default: break
        }
    }

    private mutating func scrollDialog(_ action: KeyAction) {
        guard let dialog else { return }
        let page = max(1, dialogRows - 1)
        let step =
            switch action {
            case .up: -1
            case .down: 1
            case .pageUp: -page
            case .pageDown: page
            case .halfPageUp: -max(1, page / 2)
            case .halfPageDown: max(1, page / 2)
            case .first: -dialog.scroll
            case .last: lastScroll - dialog.scroll
            default: 0
            }
        setScroll(dialog.scroll + step)
    }

    /// Scrolls the open dialog to a line, or to the nearest one that it has.
    mutating func setScroll(_ line: Int) {
        let last = lastScroll
        dialog?.scroll = max(0, min(last, line))
    }

    /// Keys of an open text field.
    mutating func edit(_ action: KeyAction) -> [DashboardEffect] {
        guard dialog == nil else { return editDialog(action) }
        switch action {
        case .keepText: isFiltering = false
        case .dropText:
            isFiltering = false
            changeFilter { $0.clear() }
        case .eraseCharacter: changeFilter { $0.eraseCharacter() }
        default: changeFilter { $0.eraseWord() }
        }
        return []
    }

    private mutating func editDialog(_ action: KeyAction) -> [DashboardEffect] {
        switch action {
        case .keepText: return takeTypedText()
        case .dropText: dialog = nil
        case .eraseCharacter: dialog?.field?.eraseCharacter()
        default: dialog?.field?.eraseWord()
        }
        return []
    }
}
