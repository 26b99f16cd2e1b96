import TerminalUI

extension KeyTable {
    private static let lists = KeyContext.panes.union(KeyContext.scrolling)

    static let movement: [KeyBinding] = [
        KeyBinding([.backTab], .previousPane, in: KeyContext.panes, "Go to the pane before."),
        KeyBinding([.character("1")], .actorsPane, in: KeyContext.panes, "Go to the actors."),
        KeyBinding([.character("2")], .trainingsPane, in: KeyContext.panes, "Go to the trainings."),
        KeyBinding([.character("3")], .logPane, in: KeyContext.panes, "Go to the log."),
        KeyBinding([.down, .character("j")], .down, in: lists, "One row down."),
        KeyBinding([.up, .character("k")], .up, in: lists, "One row up."),
        KeyBinding([.pageDown, .control("f")], .pageDown, in: lists, "One page down."),
        KeyBinding([.pageUp, .control("b")], .pageUp, in: lists, "One page up."),
        KeyBinding([.control("d")], .halfPageDown, in: lists, "Half a page down."),
        KeyBinding([.control("u")], .halfPageUp, in: lists, "Half a page up."),
        KeyBinding([.home], .first, in: lists, "To the first row (also g)."),
        KeyBinding([.character("g")], .first, in: lists.subtracting([.verdict]), "To the first row."),
        KeyBinding([.end, .character("G")], .last, in: lists, "To the last row; in the log: follow again."),
    ]
}
