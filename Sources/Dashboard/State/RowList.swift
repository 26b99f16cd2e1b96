import TerminalUI

/// The rows that a list shows, and which one is selected: by id, so that rows that come, go or change places never put another
/// row under the operator's finger.
struct RowList<ID: Hashable & Sendable>: Hashable, Sendable {
    private(set) var ids: [ID] = []
    private(set) var selected: ID?
    private(set) var viewport = ListViewport()

    /// Takes new rows. The selected one stays where it is on the screen; where it is gone, its neighbour is selected.
    mutating func show(_ new: [ID], height: Int) {
        let line = viewport.selection - viewport.offset
        ids = new
        let row = selected.flatMap { ids.firstIndex(of: $0) } ?? viewport.selection
        viewport = ListViewport(selection: row, offset: row - line)
        settle(height: height)
    }

    /// Adds a row at the end, and selects it when the list follows its end.
    mutating func append(_ id: ID, following: Bool, height: Int) {
        ids.append(id)
        if following { moveToEnd(height: height) }
    }

    /// Forgets the first rows.
    mutating func dropFirst(_ count: Int, height: Int) {
        guard count > 0 else { return }
        ids.removeFirst(min(count, ids.count))
        viewport = ListViewport(selection: viewport.selection - count, offset: viewport.offset - count)
        settle(height: height)
    }

    mutating func move(by rows: Int, height: Int) {
        viewport.move(by: rows, count: ids.count, height: height)
        settle(height: height)
    }

    mutating func movePage(by pages: Int, height: Int) {
        viewport.movePage(by: pages, count: ids.count, height: height)
        settle(height: height)
    }

    mutating func moveToStart(height: Int) {
        viewport.select(0, count: ids.count, height: height)
        settle(height: height)
    }

    mutating func moveToEnd(height: Int) {
        viewport.select(ids.count - 1, count: ids.count, height: height)
        settle(height: height)
    }

    /// Takes in that another number of rows is seen now.
    mutating func settle(height: Int) {
        viewport.fit(count: ids.count, height: height)
        selected = ids.indices.contains(viewport.selection) ? ids[viewport.selection] : nil
    }

    /// Whether the last row is selected, or there is none.
    var isAtEnd: Bool { viewport.selection >= ids.count - 1 }

    /// The ids that are seen in so many lines, each with whether it is selected.
    func visible(height: Int) -> [(id: ID, isSelected: Bool)] {
        viewport.visibleRows(count: ids.count, height: height).map { (ids[$0], ids[$0] == selected) }
    }
}
