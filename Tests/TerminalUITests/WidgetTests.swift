import Testing

@testable import TerminalUI

@Suite("Small widgets")
struct WidgetTests {
    /// Draws into an area of a screen and gives the screen's lines.
    static func picture(
        _ width: Int, _ height: Int, area: Rect? = nil, charset: Charset = .unicode, draw: (Rect, inout Buffer) -> Void
    ) -> [String] {
        var buffer = Buffer(width: width, height: height, charset: charset)
        draw(area ?? buffer.bounds, &buffer)
        return buffer.lines
    }

    static let partlyOutside = Rect(x: 2, y: 0, width: 10, height: 3)

    @Test(
        "a bar grows by eighths",
        arguments: [
            (0, "░░░░"), (0.5, "██░░"), (0.54, "██▏░"), (0.999, "███▉"), (1, "████"), (7, "████"), (-1, "░░░░"), (.nan, "░░░░"),
        ])
    func bar(fraction: Double, picture: String) {
        #expect(Self.picture(4, 1) { ProgressBar(fraction: fraction).draw(in: $0, on: &$1) } == [picture])
    }

    @Test("a bar in ASCII, at 0x0, at 1x1 and partly outside")
    func barEdges() {
        let bar = ProgressBar(fraction: 0.5)
        #expect(Self.picture(4, 1, charset: .ascii) { bar.draw(in: $0, on: &$1) } == ["##.."])
        #expect(Self.picture(0, 0) { bar.draw(in: $0, on: &$1) } == [])
        #expect(Self.picture(1, 1) { bar.draw(in: $0, on: &$1) } == ["▌"])
        #expect(Self.picture(9, 2, area: Self.partlyOutside) { bar.draw(in: $0, on: &$1) } == ["  █████░░", ""])
        #expect(Self.picture(3, 1, area: Rect(x: 1, y: -1, width: 2, height: 2)) { bar.draw(in: $0, on: &$1) } == [""])
    }

    @Test("a curve shows its lowest and highest value and leaves gaps where nothing is known")
    func spark() {
        let line = SparkLine([7, 6, .nan, 4, 3, 2, 1, 0])
        #expect(Self.picture(9, 1) { line.draw(in: $0, on: &$1) } == ["█▇ ▅▄▃▂▁"])
        #expect(Self.picture(4, 1) { SparkLine([8, 6, 4, 2, 0, 0, 0, 0]).draw(in: $0, on: &$1) } == ["█▄▁▁"])
        #expect(Self.picture(4, 1) { SparkLine([5, 5]).draw(in: $0, on: &$1) } == ["▁▁"])
    }

    @Test("a curve in ASCII, without values, at 0x0, at 1x1 and partly outside")
    func sparkEdges() {
        let line = SparkLine([0, 7])
        #expect(Self.picture(4, 1, charset: .ascii) { line.draw(in: $0, on: &$1) } == ["_#"])
        #expect(Self.picture(4, 1) { SparkLine([]).draw(in: $0, on: &$1) } == [""])
        #expect(Self.picture(4, 1) { SparkLine([.nan, .infinity]).draw(in: $0, on: &$1) } == [""])
        #expect(Self.picture(0, 0) { line.draw(in: $0, on: &$1) } == [])
        #expect(Self.picture(1, 1) { line.draw(in: $0, on: &$1) } == ["▁"])
        #expect(Self.picture(3, 1, area: Self.partlyOutside) { line.draw(in: $0, on: &$1) } == ["  ▁"])
        #expect(
            Self.picture(4, 1) { SparkLine([-.greatestFiniteMagnitude, .greatestFiniteMagnitude]).draw(in: $0, on: &$1) } == [
                "▁▁"
            ])
    }

    @Test("a footer leaves out whole hints from the end")
    func footer() {
        let hints = KeyHints([.init("q", "quit"), .init("?", "help"), .init("/", "find")])
        #expect(Self.picture(24, 1) { hints.draw(in: $0, on: &$1) } == [" q quit  ? help  / find"])
        #expect(Self.picture(22, 1) { hints.draw(in: $0, on: &$1) } == [" q quit  ? help"])
        #expect(Self.picture(0, 0) { hints.draw(in: $0, on: &$1) } == [])
        #expect(Self.picture(1, 1) { hints.draw(in: $0, on: &$1) } == [""])
        #expect(Self.picture(9, 1, area: Self.partlyOutside) { hints.draw(in: $0, on: &$1) } == ["   q quit"])
    }

    @Test("a dialog stands in the middle and covers what is below")
    func dialog() {
        let box = DialogBox(title: "Quit?", width: 11, height: 3)
        let picture = Self.picture(15, 5) { area, buffer in
            for row in 0..<5 { buffer.put("...............", x: 0, y: row, in: area) }
            let inside = box.draw(in: area, on: &buffer)
            buffer.put("yes or no", x: inside.x, y: inside.y, in: inside)
        }
        #expect(
            picture == ["...............", "..┌─ Quit? ─┐..", "..│ yes or  │..", "..└─────────┘..", "..............."])
        #expect(Self.picture(0, 0) { _ = box.draw(in: $0, on: &$1) } == [])
        #expect(Self.picture(1, 1) { _ = box.draw(in: $0, on: &$1) } == [""])
        #expect(Self.picture(4, 2) { _ = box.draw(in: $0, on: &$1) } == ["┌──┐", "└──┘"])
        #expect(
            Self.picture(7, 2, area: Rect(x: 3, y: 0, width: 11, height: 3)) { _ = box.draw(in: $0, on: &$1) } == [
                "   ┌─ Q", "   │",
            ])
    }
}
