import TerminalUI
import Testing

@testable import Dashboard

@Suite("Layout")
struct LayoutTests {
    /// The layout in box drawings, on a smaller scale than the screen's: `H`eader, `T`abs, panes by number, `S`trip and `F`ooter.
    static func drawing(_ width: Int, _ height: Int, focus: Pane = .actors, step: Int = 8) -> [String] {
        guard let layout = ScreenLayout(width: width, height: height, focus: focus) else { return [] }
        let parts: [(String, Rect?)] = [
            ("H", layout.header), ("T", layout.tabs), ("1", layout[.actors]), ("2", layout[.trainings]), ("3", layout[.log]),
            ("S", layout.strip), ("F", layout.footer),
        ]
        return (0..<height).map { y in
            stride(from: 0, to: width, by: step).map { x in
                parts.first { $0.1.map { x >= $0.x && x < $0.maxX && y >= $0.y && y < $0.maxY } ?? false }?.0 ?? "?"
            }.joined()
        }
    }

    @Test("panes lie above each other, the focused one tallest")
    func stacked() {
        let line = { (letter: String, count: Int) in Array(repeating: String(repeating: letter, count: 10), count: count) }
        #expect(Self.drawing(80, 24) == line("H", 2) + line("1", 8) + line("2", 6) + line("3", 6) + line("S", 1) + line("F", 1))
        #expect(
            Self.drawing(80, 24, focus: .log) == line("H", 2) + line("1", 6) + line("2", 6) + line("3", 8) + line("S", 1)
                + line("F", 1))
    }

    @Test("a wide screen has the actors beside the rest")
    func wide() {
        let top = Array(repeating: "1111222222", count: 7)
        let below = Array(repeating: "1111333333", count: 9)
        let expected = ["HHHHHHHHHH", "HHHHHHHHHH"] + top + below + ["SSSSSSSSSS", "FFFFFFFFFF"]
        #expect(Self.drawing(160, 20, step: 16) == expected)
    }

    @Test("a small screen has one pane under tabs")
    func single() {
        let pane = Array(repeating: "222222", count: 10)
        #expect(
            Self.drawing(60, 15, focus: .trainings, step: 10) == ["HHHHHH", "HHHHHH", "TTTTTT"] + pane + ["SSSSSS", "FFFFFF"])
    }

    @Test("below 60x15 there is none", arguments: [(59, 15), (60, 14), (0, 0), (1, 1), (500, 14)])
    func none(width: Int, height: Int) {
        #expect(ScreenLayout(width: width, height: height, focus: .actors) == nil)
    }

    @Test("every cell belongs to one part, at every size", arguments: Pane.allCases)
    func complete(focus: Pane) {
        for (width, height) in [(60, 15), (79, 40), (80, 21), (80, 22), (120, 40), (159, 100), (160, 15), (160, 20), (300, 100)] {
            guard let layout = ScreenLayout(width: width, height: height, focus: focus) else {
                Issue.record("no layout for \(width)x\(height)")
                continue
            }
            let rects = [layout.header, layout.tabs, layout.strip, layout.footer] + Pane.allCases.compactMap { layout[$0] }
            #expect(rects.reduce(0) { $0 + $1.width * $1.height } == width * height)
            #expect(layout.rows(of: focus) >= 2)
        }
    }

    @Test("the least needed columns go first")
    func columns() {
        let columns = [
            TableColumn(1, "a", .fixed(4), rank: 0), TableColumn(2, "b", .fixed(4), rank: 2),
            TableColumn(3, "c", .flexible(minimum: 4), rank: 1),
        ]
        func shown(_ width: Int) -> [Int] {
            TableLayout(columns, in: Rect(x: 0, y: 0, width: width, height: 1)).columns.map(\.field)
        }
        #expect(shown(14) == [1, 2, 3])
        #expect(shown(13) == [1, 3])
        #expect(shown(8) == [1])
        #expect(shown(0) == [1])
    }
}
