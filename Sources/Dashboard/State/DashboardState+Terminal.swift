import EngineAPI
import TerminalUI
import Training

/// What comes from the terminal.
extension DashboardState {
    mutating func take(_ input: TerminalInput) -> [DashboardEffect] {
        switch input {
        case .key(let key): return take(key)
        case .paste(let text):
            // Pasted text is never a command: without an open field it is dropped.
            insert(text)
            return []
        case .resized(let width, let height):
            self.width = max(0, width)
            self.height = max(0, height)
            settle()
            return []
        case .resumed:
            return [.redraw] + send(.refresh, "Refresh")
        case .terminate(let signal): return signal == DashboardState.interruptSignal ? interrupt() : [.leave]
        }
    }

    /// SIGINT, which POSIX fixes as 2: that is how Ctrl-C comes from a terminal.
    private static let interruptSignal: Int32 = 2

    private mutating func take(_ key: Key) -> [DashboardEffect] {
        message = nil
        let context = context
        if let action = KeyTable.action(for: key, in: context) {
            if let refusal = refusal(of: action) {
                say(refusal, .warning, logged: false)
                return []
            }
            return perform(action)
        }
        if KeyContext.fields.contains(context) {
            if case .character(let character) = key { insert(String(character)) }
        } else if KeyContext.questions.contains(context) {
            dialog = nil
        }
        return []
    }

    /// Why an action that changes something is not taken; nil where it is.
    func refusal(of action: KeyAction) -> String? {
        guard action.changesSomething else { return nil }
        if source.isReadOnly { return "This is a read-only view; start without --read-only to change anything." }
        if case .lost(let sentence) = connection { return "Nothing can be asked of the engine: \(sentence)" }
        return nil
    }

    private mutating func insert(_ text: String) {
        switch context {
        case .filter: changeFilter { $0.insert(text) }
        case .typedQuestion, .reason: dialog?.field?.insert(text)
        default: break
        }
    }

    mutating func changeFilter(_ change: (inout TextInput) -> Void) {
        let height = rows(of: focus)
        switch focus {
        case .actors:
            change(&actors.filter)
            actors.arrange(height: height)
        case .trainings:
            change(&trainings.filter)
            trainings.take(ledger, height: height)
            followSelection()
        case .log:
            change(&log.filter)
            log.arrange(height: height)
        }
    }

    func filter(of pane: Pane) -> TextInput {
        switch pane {
        case .actors: actors.filter
        case .trainings: trainings.filter
        case .log: log.filter
        }
    }

    /// Fits all lists to the panes' heights, after size or focus changed.
    mutating func settle() {
        actors.list.settle(height: rows(of: .actors))
        trainings.list.settle(height: rows(of: .trainings))
        log.list.settle(height: rows(of: .log))
        if let dialog { setScroll(dialog.scroll) }
    }

    /// Makes a command of it and gives it its id.
    mutating func send(_ command: Command, _ words: String, expects: PhaseName? = nil) -> [DashboardEffect] {
        if case .lost(let sentence) = connection {
            say("Nothing can be asked of the engine: \(sentence)", .warning, logged: false)
            return []
        }
        let envelope = CommandEnvelope(id: nextCommandID(), by: "operator", expects: expects, command: command)
        pending[envelope.id] = words
        return [.perform(envelope)]
    }
}
