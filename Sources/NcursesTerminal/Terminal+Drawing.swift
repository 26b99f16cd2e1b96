internal import CNcurses
internal import Foundation
public import TerminalUI

extension Terminal {
    /// Shows a buffer: rows that differ from what is shown go to ncurses, which sends what differs within them, in one update.
    ///
    /// A buffer equal to the one before sends nothing at all. What lies outside of the screen is not shown.
    public func present(_ buffer: Buffer) {
        guard buffer != shown else { return }
        for row in 0..<min(buffer.height, facts.height) where isChanged(row, in: buffer) {
            let cells = terminalCells(of: row, in: buffer)
            curses_put_cells(0, CInt(row), cells, CInt(cells.count))
        }
        showCursor(buffer.cursor)
        wnoutrefresh(curses_standard_window())
        doupdate()
        shown = buffer
    }

    private func isChanged(_ row: Int, in buffer: Buffer) -> Bool {
        guard let shown, shown.width == buffer.width, row < shown.height else { return true }
        let range = row * buffer.width..<(row + 1) * buffer.width
        return shown.cells[range] != buffer.cells[range]
    }

    private func showCursor(_ cursor: Buffer.Position?) {
        let window = curses_standard_window()
        // With a hidden cursor it does not matter where it is left, and moving it back would cost bytes with every frame.
        leaveok(window, cursor == nil)
        curs_set(cursor == nil ? 0 : 1)
        if let cursor { wmove(window, CInt(cursor.y), CInt(cursor.x)) }
    }

    /// One cell for every character; ncurses itself adds the second half of a wide one.
    private func terminalCells(of row: Int, in buffer: Buffer) -> [cchar_t] {
        var result: [cchar_t] = []
        result.reserveCapacity(buffer.width)
        var style = Style.text
        var look = palette.entry(for: style)
        var ascii: [wchar_t] = [0, 0]
        for column in 0..<min(buffer.width, facts.width) {
            let cell = buffer.cells[row * buffer.width + column]
            guard !cell.isContinuation else { continue }
            if cell.style != style {
                style = cell.style
                look = palette.entry(for: style)
            }
            var drawn = cchar_t()
            if let character = cell.ascii {
                ascii[0] = wchar_t(character)
                _ = curses_set_cell(&drawn, ascii, look.attributes, look.pair)
                result.append(drawn)
                continue
            }
            let isWide = buffer[column + 1, row]?.isContinuation ?? false
            let (text, count) = drawable(cell.glyph, columns: isWide ? 2 : 1)
            _ = curses_set_cell(&drawn, text, look.attributes, look.pair)
            for _ in 0..<count { result.append(drawn) }
        }
        return result
    }

    /// A glyph as the C library takes it, and how many cells of it fill its columns.
    ///
    /// Where the charset cannot show it, or the C library in use counts other columns than our table (it may know another
    /// Unicode), question marks keep what follows in its column.
    private func drawable(_ glyph: String, columns: Int) -> (text: [wchar_t], count: Int) {
        let scalars = glyph.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
        let isShown =
            facts.charset == .unicode && scalars.count < Int(curses_characters_per_cell())
            && scalars.first.map { curses_columns($0) } == CInt(columns)
            && scalars.dropFirst().allSatisfy { curses_columns($0) == 0 }
        return isShown ? (scalars + [0], 1) : ([0x3F, 0], columns)
    }
}
