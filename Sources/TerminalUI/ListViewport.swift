/// Which rows of a list are seen: what a list keeps between frames, and the arithmetic of moving in it.
///
/// Every move leaves the selection within the list and within what is seen, whatever was true before: the list may have shrunk
/// and the screen may have no row at all.
public struct ListViewport: Hashable, Sendable {
    /// The selected row; 0 in an empty list.
    public private(set) var selection: Int
    /// The first row that is seen.
    public private(set) var offset: Int

    public init(selection: Int = 0, offset: Int = 0) {
        self.selection = max(0, selection)
        self.offset = max(0, offset)
    }

    /// The rows to draw in `height` lines of a list of `count`.
    public func visibleRows(count: Int, height: Int) -> Range<Int> {
        let fitted = fitted(count: count, height: height)
        return fitted.offset..<max(fitted.offset, min(max(0, count), fitted.offset + max(0, height)))
    }

    /// Selects a row, or the nearest one that there is.
    public mutating func select(_ row: Int, count: Int, height: Int) {
        selection = row
        self = fitted(count: count, height: height)
    }

    /// Moves the selection by `rows`, downwards when positive, and stops at the ends.
    public mutating func move(by rows: Int, count: Int, height: Int) {
        let (target, overflow) = selection.addingReportingOverflow(rows)
        select(overflow ? (rows > 0 ? .max : 0) : target, count: count, height: height)
    }

    /// Moves by screenfuls and keeps one line of the one before in sight.
    public mutating func movePage(by pages: Int, count: Int, height: Int) {
        let rows = max(1, height - 1)
        offset += pages * rows
        move(by: pages * rows, count: count, height: height)
    }

    /// Takes in that the list or the screen has another size now.
    public mutating func fit(count: Int, height: Int) {
        self = fitted(count: count, height: height)
    }

    private func fitted(count: Int, height: Int) -> ListViewport {
        let row = max(0, min(selection, count - 1))
        let lines = max(1, height)
        // No line stays empty at the end while rows are hidden at the beginning.
        var first = max(0, min(offset, count - lines))
        if row < first { first = row }
        if row >= first + lines { first = row - lines + 1 }
        return ListViewport(selection: row, offset: first)
    }
}
