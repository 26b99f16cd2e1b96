import TerminalUI

extension KeyTable {
    static let everywhere: [KeyBinding] = [
        KeyBinding([.character("?"), .function(1)], .help, in: KeyContext.panes, word: "help", "Show all keys."),
        KeyBinding(
            [.character("q")], .leave, in: KeyContext.panes.union([.tooSmall]), word: "leave",
            "Leave; asks when something runs. Trainings at RunPod go on."),
        KeyBinding([.tab], .nextPane, in: KeyContext.panes, word: "pane", "Go to the next pane."),
        KeyBinding([.control("c")], .interrupt, in: Set(KeyContext.allCases), "Like q; pressed again, leave at once."),
        KeyBinding([.control("l")], .redraw, in: Set(KeyContext.allCases), "Draw the whole screen again."),
    ]

    static let dialogs: [KeyBinding] = [
        KeyBinding([.character("y")], .accept, in: [.plan, .question, .leaving], word: "yes", "Do what the dialog says."),
        KeyBinding(
            [.enter, .escape, .character("n")], .decline, in: [.plan, .question, .leaving, .verdict], word: "no",
            "Close the dialog and change nothing; so does any other key."),
        KeyBinding(
            [.character("o")], .override, in: [.plan], word: "override", "Take in actors that are left out for a judgement only."),
        KeyBinding(
            [.character("w")], .seeWarnings, in: [.plan], word: "warnings seen",
            "The warnings about the plan were seen; y starts it in spite of them."),
        KeyBinding([.character("g")], .good, in: [.verdict], word: "good", "The model is good."),
        KeyBinding([.character("b")], .bad, in: [.verdict], word: "bad", "The model is not good."),
        KeyBinding([.character("c")], .resolveCompleted, in: [.resolution], word: "completed", "There is a model: it completed."),
        KeyBinding([.character("f")], .resolveFailed, in: [.resolution], word: "failed", "It ran and failed."),
        KeyBinding(
            [.character("n")], .resolveNeverSubmitted, in: [.resolution], word: "never submitted", "RunPod never got the request."
        ),
        KeyBinding([.escape, .enter], .decline, in: [.resolution], word: "close", "Close the dialog and change nothing."),
        KeyBinding(
            [.escape, .character("q"), .enter, .character("d"), .character("?")], .decline, in: [.reading], word: "close",
            "Close what is shown."),
        KeyBinding([.enter], .keepText, in: KeyContext.fields, word: "take", "Take the typed text."),
        KeyBinding([.escape], .dropText, in: KeyContext.fields, word: "drop", "Drop the typed text."),
        KeyBinding([.backspace, .delete], .eraseCharacter, in: KeyContext.fields, "Erase the last letter."),
        KeyBinding([.control("w"), .control("u")], .eraseWord, in: KeyContext.fields, "Erase the last word."),
    ]

    static let work: [KeyBinding] = [
        KeyBinding(
            [.character(" ")], .mark, in: [.actors, .trainings], word: "mark", "Mark or unmark the row and go on to the next."),
        KeyBinding(
            [.enter], .open, in: [.actors], "Show the plan of the marked (or selected) actors, or why there is none."),
        KeyBinding(
            [.character("t")], .plan, in: [.actors], word: "train",
            "Show what training the marked (or selected) would do; y starts."),
        KeyBinding(
            [.character("a")], .markAll, in: [.actors, .trainings], word: "all",
            "Mark all eligible actors (open trainings); again: unmark."),
        KeyBinding([.character("u")], .clearMarks, in: [.actors, .trainings], word: "unmark", "Clear all marks."),
        KeyBinding(
            [.character("v"), .character("!")], .resolve, in: [.trainings], word: "resolve",
            "Resolve by hand what is uncertain or GONE, on its evidence."),
        KeyBinding(
            [.character("x")], .cancel, in: [.trainings], word: "cancel", "Cancel the marked (or selected) trainings; asks."),
        KeyBinding(
            [.character("r")], .retry, in: [.trainings], word: "retry", "Train an ended one again, with a new version; asks."),
        KeyBinding(
            [.character("R")], .retryFailed, in: [.trainings], word: "retry failed", "Retry all failed ones in the filter; asks."),
        KeyBinding(
            [.character("m")], .judge, in: [.actors, .trainings], word: "judge", "Say whether a finished model is good or bad."),
        KeyBinding(
            [.character("l")], .narrow, in: [.trainings, .log], word: "its log",
            "Show only the selected training's log, or all again."),
        KeyBinding([.character("f")], .follow, in: [.log], word: "follow", "Follow the log's end again."),
        KeyBinding(
            [.character("/")], .filter, in: KeyContext.panes, word: "filter",
            "Show only rows with a text; Esc clears, Enter keeps."),
        KeyBinding([.escape], .clearFilter, in: KeyContext.panes, "Clear the pane's filter."),
        KeyBinding([.character("d")], .detail, in: [.actors], word: "detail", "Everything about the actor."),
        KeyBinding(
            [.enter, .character("d")], .detail, in: [.trainings, .log], word: "detail",
            "Everything about the training; the whole line."),
        KeyBinding(
            [.character("s")], .sort, in: [.actors], word: "sort",
            "Sort by id, name, images or version; eligible ones stay first."),
        KeyBinding(
            [.character("D")], .dismissPending, in: [.actors], word: "dismiss", "Declare pending versions of others dead; asks."),
        KeyBinding([.character("h")], .toggleHold, in: KeyContext.panes, word: "hold", "Hold the queue, or let it move again."),
        KeyBinding([.character("+"), .character("=")], .raiseParallelism, in: KeyContext.panes, "One more training at once."),
        KeyBinding([.character("-")], .lowerParallelism, in: KeyContext.panes, "One training less at once; none is stopped."),
        KeyBinding([.character("X")], .cancelAll, in: KeyContext.panes, "Cancel everything; asks for a typed word."),
        KeyBinding(
            [.function(5), .control("r")], .refresh, in: KeyContext.panes, "Read the actors and ask for all open trainings now."),
    ]
}
