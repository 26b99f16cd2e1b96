/// What a key can mean. Which key means what, and where, stands in `KeyTable`.
enum KeyAction: CaseIterable, Hashable, Sendable {
    // Everywhere.
    case leave, help, redraw, interrupt
    // Moving about.
    case nextPane, previousPane, actorsPane, trainingsPane, logPane
    case up, down, pageUp, pageDown, halfPageUp, halfPageDown, first, last
    case filter, clearFilter, refresh
    // Actors and trainings.
    case mark, markAll, clearMarks, sort, plan, open, detail
    case cancel, cancelAll, retry, retryFailed, toggleHold, raiseParallelism, lowerParallelism
    case judge, resolve, dismissPending, narrow
    // The log.
    case follow
    // Dialogs and fields.
    case accept, decline, override, seeWarnings, good, bad
    case resolveCompleted, resolveFailed, resolveNeverSubmitted
    case keepText, dropText, eraseCharacter, eraseWord

    /// Whether it may change something outside of this screen; refused in a read-only dashboard.
    var changesSomething: Bool {
        switch self {
        case .plan, .cancel, .cancelAll, .retry, .retryFailed, .toggleHold, .raiseParallelism, .lowerParallelism, .judge,
            .resolve,
            .dismissPending:
            true
        default: false
        }
    }
}

/// Who gets the keys: a pane, or what lies above the panes.
enum KeyContext: CaseIterable, Hashable, Sendable {
    case actors, trainings, log
    case filter, plan, question, typedQuestion, verdict, resolution, reason, reading, leaving, tooSmall

    static let panes: Set<KeyContext> = [.actors, .trainings, .log]
    /// Dialogs with one answer that does something; whatever else is pressed means no.
    static let questions: Set<KeyContext> = [.plan, .question, .verdict, .resolution, .leaving]
    /// Where letters are text and never a command.
    static let fields: Set<KeyContext> = [.filter, .typedQuestion, .reason]
    static let scrolling: Set<KeyContext> = [.plan, .question, .verdict, .resolution, .leaving, .reading]
}
