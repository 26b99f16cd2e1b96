import Testing

@testable import TerminalUI

@Suite("Widths of text")
struct TextWidthTests {
    @Test(
        "a scalar takes no, one or two columns",
        arguments: [
            ("a", 1), ("é", 1), ("─", 1), ("█", 1), ("日", 2), ("한", 2), ("👍", 2), ("\u{301}", 0), ("\u{200D}", 0), ("～", 2),
            ("ｱ", 1),
            ("\u{E000}", 1), ("\u{10FFFF}", 1),
        ] as [(Unicode.Scalar, Int)])
    func scalars(scalar: Unicode.Scalar, columns: Int) {
        #expect(TextWidth.columns(of: scalar) == columns)
    }

    @Test(
        "controls and what is not assigned have no width of their own",
        arguments: ["\0", "\u{1B}", "\u{7F}", "\u{9B}", "\u{378}"] as [Unicode.Scalar])
    func unprintable(scalar: Unicode.Scalar) {
        #expect(TextWidth.tableWidth(of: scalar) == nil)
        #expect(TextWidth.columns(of: scalar) == 1)
    }

    @Test("the table is sorted and no two runs that follow each other have the same width")
    func table() {
        for (earlier, later) in zip(TextWidth.runs, TextWidth.runs.dropFirst()) {
            #expect(earlier >> 2 < later >> 2)
            #expect(earlier & 3 != later & 3)
        }
        #expect(TextWidth.runs.first == 3)
    }
}
