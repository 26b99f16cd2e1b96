import ChanceTestSupport
import Testing

@testable import TerminalUI

@Suite("A screen as a value")
struct BufferTests {
    @Test("text is cut to its area")
    func cutting() {
        var buffer = Buffer(width: 8, height: 3)
        let end = buffer.put("abcdefgh", x: 1, y: 1, in: Rect(x: 2, y: 0, width: 3, height: 3))
        #expect(buffer.lines == ["", "  bcd", ""])
        #expect(end == 9)
    }

    @Test("text beside or below its area leaves no trace")
    func outside() {
        var buffer = Buffer(width: 3, height: 2)
        let blank = buffer
        buffer.put("abc", x: 3, y: 0, in: buffer.bounds)
        buffer.put("abc", x: -3, y: 1, in: buffer.bounds)
        buffer.put("abc", x: 0, y: 2, in: Rect(x: 0, y: 0, width: 9, height: 9))
        buffer.put("abc", x: 0, y: -1, in: buffer.bounds)
        buffer.fill(Rect(x: 3, y: 2, width: 4, height: 4), style: Style(.error))
        buffer.restyle(Rect(x: -4, y: 0, width: 4, height: 4), style: Style(.error))
        #expect(buffer == blank)
    }

    @Test("a wide character that would be halved becomes a blank, at both edges")
    func halved() {
        var buffer = Buffer(lines: ["......"])
        buffer.put("日日日", x: 0, y: 0, in: Rect(x: 1, y: 0, width: 4, height: 1))
        #expect(buffer.lines == [". 日 ."])
        #expect(buffer[2, 0]?.glyph == "日")
        #expect(buffer[3, 0]?.isContinuation == true)
    }

    @Test("overwriting one half of a wide character blanks the other")
    func overwriting() {
        var left = Buffer(lines: ["日日"])
        left.put("x", x: 0, y: 0, in: left.bounds)
        #expect(left.lines == ["x 日"])
        var right = Buffer(lines: ["日日"])
        right.put("x", x: 1, y: 0, in: right.bounds)
        #expect(right.lines == [" x日"])
        var shifted = Buffer(lines: ["日日日"])
        shifted.put("本", x: 1, y: 0, in: shifted.bounds)
        #expect(shifted.lines == [" 本 日"])
    }

    @Test("combining marks share their base's cell")
    func combining() {
        let buffer = Buffer(lines: ["e\u{301}x"])
        #expect(buffer.width == 2)
        #expect(buffer[0, 0]?.glyph == "e\u{301}")
    }

    @Test("restyling a part of a wide character restyles it whole and keeps the text")
    func restyling() {
        var buffer = Buffer(lines: ["日a日"])
        buffer.restyle(Rect(x: 1, y: 0, width: 3, height: 1), style: Style(.selected))
        #expect(buffer.lines == ["日a日"])
        #expect(buffer.cells.allSatisfy { $0.style.role == .selected })
    }

    @Test("a frame has its title in the upper side")
    func frame() {
        var buffer = Buffer(width: 16, height: 3)
        let inside = buffer.frame(buffer.bounds, title: "Actors", style: Style(.border))
        #expect(buffer.lines == ["┌─ Actors ─────┐", "│              │", "└──────────────┘"])
        #expect(inside == Rect(x: 1, y: 1, width: 14, height: 1))
    }

    @Test("a long title is cut; one without room is left out")
    func longTitle() {
        var buffer = Buffer(width: 12, height: 2)
        buffer.frame(buffer.bounds, title: "日本語の題名", style: Style(.border))
        #expect(buffer.lines.first == "┌─ 日本… ──┐")
        var narrow = Buffer(width: 6, height: 2)
        narrow.frame(narrow.bounds, title: "Actors", style: Style(.border))
        #expect(narrow.lines == ["┌────┐", "└────┘"])
    }

    @Test("a terminal without UTF-8 gets ASCII from the same calls")
    func ascii() {
        var buffer = Buffer(width: 14, height: 3, charset: .ascii)
        let inside = buffer.frame(buffer.bounds, title: "Loss…", style: Style(.border))
        buffer.put("é日 ✓ ≈$1 ≥2", x: inside.x, y: inside.y, in: inside)
        #expect(buffer.lines == ["+- Loss~ ----+", "|??? v ~$1 >2|", "+------------+"])
        #expect(buffer.cells.allSatisfy { $0.glyph.utf8.count == 1 })
    }

    @Test("a frame without room for its sides draws nothing", arguments: [(0, 0), (1, 1), (1, 4), (4, 1)])
    func tinyFrame(width: Int, height: Int) {
        var buffer = Buffer(width: 4, height: 4)
        let inside = buffer.frame(Rect(x: 0, y: 0, width: width, height: height), title: "x", style: Style(.border))
        #expect(buffer.lines == ["", "", "", ""])
        #expect(inside.isEmpty)
    }

    @Test("a frame that is partly outside is cut")
    func frameOutside() {
        var buffer = Buffer(width: 4, height: 3)
        buffer.frame(Rect(x: -1, y: 1, width: 4, height: 4), title: "", style: Style(.border))
        #expect(buffer.lines == ["", "──┐", "  │"])
    }

    @Test("a screen of no size takes everything without harm")
    func empty() {
        var buffer = Buffer(width: 0, height: 0)
        buffer.put("abc", x: 0, y: 0, in: Rect(x: 0, y: 0, width: 9, height: 9))
        buffer.fill(Rect(x: -1, y: -1, width: 9, height: 9), style: .text)
        buffer.restyle(Rect(x: -1, y: -1, width: 9, height: 9), style: .text)
        buffer.frame(Rect(x: 0, y: 0, width: 9, height: 9), title: "x", style: .text)
        #expect(buffer.cells.isEmpty)
        #expect(buffer[0, 0] == nil)
    }

    @Test("after any painting no half of a wide character stands alone", arguments: 0..<20)
    func wholeness(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var buffer = Buffer(width: 20, height: 4)
        for _ in 0..<60 {
            let area = Rect(
                x: .random(in: -5...22, using: &generator), y: .random(in: -2...5, using: &generator),
                width: .random(in: 0...22, using: &generator), height: .random(in: 0...6, using: &generator))
            let text = DisplayText(untrusted: generator.hostileText())
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: buffer.fill(area, style: .text)
            case 1: buffer.frame(area, title: text, style: .text)
            default: buffer.put(text, x: area.x, y: area.y, in: area)
            }
            for row in 0..<buffer.height {
                let widths = (0..<buffer.width).map { column in TextWidth.columns(of: buffer[column, row]?.glyph ?? "?") }
                #expect(widths.reduce(0, +) == buffer.width)
                for (column, width) in widths.enumerated() where width == 0 {
                    #expect(column > 0 && widths[column - 1] == 2)
                }
            }
        }
    }
}
