import ChanceTestSupport
import Testing

@testable import TerminalUI

@Suite("Layout")
struct LayoutTests {
    /// Draws the columns as `[--]` so that a test can show them.
    private func picture(_ layout: ColumnLayout, width: Int) -> String {
        var buffer = Buffer(width: width, height: 1)
        for (index, rect) in layout.rects(in: buffer.bounds).enumerated() {
            buffer.put(DisplayText(untrusted: String(repeating: "\(index)", count: rect.width)), x: rect.x, y: 0, in: rect)
        }
        return buffer.lines.joined()
    }

    @Test(
        "fixed columns get theirs, flexible ones share the rest by weight, and what does not fit goes from the right",
        arguments: [
            (20, "0000 111111 22222222"), (19, "0000 111111 2222222"), (11, "0000 11 222"), (10, "0000 11111"), (7, "0000 11"),
            (6, "0000"), (3, "000"), (1, "0"), (0, ""),
        ])
    func columns(width: Int, expected: String) {
        let layout = ColumnLayout([.fixed(4), .flexible(minimum: 2, weight: 4), .flexible(minimum: 3, weight: 5)])
        #expect(picture(layout, width: width) == expected)
    }

    @Test("no column ever leaves its area", arguments: 0..<60)
    func columnsStayInside(width: Int) {
        let area = Rect(x: 3, y: 1, width: width, height: 2)
        let layout = ColumnLayout([.flexible(minimum: 8, weight: 3), .fixed(6), .flexible(minimum: 4), .fixed(9)], gap: 2)
        let rects = layout.rects(in: area)
        #expect(rects.count == 4)
        for (left, right) in zip(rects, rects.dropFirst()) where !right.isEmpty { #expect(left.maxX + 2 == right.x) }
        for rect in rects { #expect(area.intersection(rect) == rect || rect.isEmpty) }
        if width >= 33 { #expect(rects.last?.maxX == area.maxX) }
    }

    @Test("a list keeps its selection in sight, however it moves and shrinks")
    func viewport() {
        var list = ListViewport()
        list.move(by: 4, count: 10, height: 3)
        #expect(list.visibleRows(count: 10, height: 3) == 2..<5)
        list.move(by: -1, count: 10, height: 3)
        #expect(list.visibleRows(count: 10, height: 3) == 2..<5)
        list.movePage(by: 1, count: 10, height: 3)
        #expect(list.selection == 5)
        #expect(list.visibleRows(count: 10, height: 3) == 4..<7)
        list.move(by: .max, count: 10, height: 3)
        #expect(list.selection == 9)
        #expect(list.visibleRows(count: 10, height: 3) == 7..<10)
        list.fit(count: 4, height: 3)
        #expect(list.selection == 3)
        #expect(list.visibleRows(count: 4, height: 3) == 1..<4)
        #expect(list.visibleRows(count: 4, height: 20) == 0..<4)
        list.movePage(by: -9, count: 4, height: 3)
        #expect(list == ListViewport())
    }

    @Test("an empty list and a screen without rows are no special case", arguments: [(0, 0), (0, 5), (5, 0), (1, 1)])
    func emptyViewport(count: Int, height: Int) {
        var list = ListViewport(selection: 9, offset: 9)
        list.move(by: 1, count: count, height: height)
        #expect(list.selection == max(0, count - 1))
        #expect(list.visibleRows(count: count, height: height).count == min(count, height))
    }

    @Test("after any moves the selection is in the list and in sight", arguments: 0..<20)
    func viewportProperties(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var list = ListViewport()
        for _ in 0..<200 {
            let count = Int.random(in: 0...30, using: &generator)
            let height = Int.random(in: 0...12, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: list.move(by: .random(in: -40...40, using: &generator), count: count, height: height)
            case 1: list.movePage(by: .random(in: -3...3, using: &generator), count: count, height: height)
            case 2: list.select(.random(in: -5...40, using: &generator), count: count, height: height)
            default: list.fit(count: count, height: height)
            }
            let rows = list.visibleRows(count: count, height: height)
            #expect(rows.count == min(count, height))
            if count > 0, height > 0 { #expect(rows.contains(list.selection)) }
        }
    }

    @Test(
        "a box in the middle is never larger than its area",
        arguments: [
            (Rect(x: 0, y: 0, width: 10, height: 5), Rect(x: 3, y: 1, width: 4, height: 3)),
            (Rect(x: 2, y: 2, width: 1, height: 1), Rect(x: 2, y: 2, width: 1, height: 1)),
            (Rect(x: 0, y: 0, width: 0, height: 0), Rect(x: 0, y: 0, width: 0, height: 0)),
        ])
    func centred(area: Rect, box: Rect) {
        #expect(area.centred(width: 4, height: 3) == box)
    }
}
