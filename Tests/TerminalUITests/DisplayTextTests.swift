import ChanceTestSupport
import Testing

@testable import TerminalUI

@Suite("Text that may be drawn")
struct DisplayTextTests {
    @Test(
        "an escape sequence becomes one mark, in 7 and in 8 bits",
        arguments: [
            ("a\u{1B}[31;1mb", "a␛b"), ("a\u{9B}2Jb", "a␛b"), ("\u{1B}[?25 qx", "␛x"),
            ("\u{1B}]0;title\u{07}x", "␛x"), ("\u{1B}]52;c;aGk=\u{1B}\\x", "␛x"), ("\u{9D}8;;http://e\u{9C}x", "␛x"),
            ("\u{1B}P$qm\u{1B}\\x", "␛x"), ("\u{90}x\u{9C}", "␛"), ("\u{1B}_a\u{1B}\\", "␛"), ("\u{1B}^a\u{9C}", "␛"),
            ("\u{1B}Xa\u{1B}\\", "␛"),
        ])
    func sequences(raw: String, shown: String) {
        #expect(DisplayText(untrusted: raw).string == shown)
    }

    @Test(
        "an incomplete sequence is spelt out",
        arguments: [
            ("\u{1B}", "^["), ("\u{1B}[31", "^[[31"), ("\u{1B}]0;x", "^[]0;x"), ("\u{1B}P\u{07}", "^[P^G"), ("\u{1B}c", "^[c"),
            ("\u{1B}]a\u{18}b\u{07}", "^[]a^Xb^G"), ("\u{1B}[\u{1B}[m", "^[[␛"), ("\u{9B}", "\\u{9b}"), ("\u{85}", "\\u{85}"),
        ])
    func incompleteSequences(raw: String, shown: String) {
        #expect(DisplayText(untrusted: raw).string == shown)
    }

    @Test("controls are shown in caret form, line breaks and tabs too")
    func controls() {
        #expect(DisplayText(untrusted: "a\r\nb\tc\u{8}\u{7F}\0").string == "a^M^Jb^Ic^H^?^@")
    }

    @Test(
        "bidi and zero-width characters become visible",
        arguments: [
            "\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{200E}", "\u{200F}", "\u{200B}", "\u{200C}", "\u{200D}",
            "\u{2060}",
            "\u{FEFF}", "\u{E0041}", "\u{AD}", "\u{61C}", "\u{034F}", "\u{3164}", "\u{2028}", "\u{0378}",
        ])
    func invisible(raw: String) {
        let shown = DisplayText(untrusted: "a\(raw)b").string.unicodeScalars
        #expect(shown.contains(DisplayText.characterMark))
        #expect(!shown.contains { String($0) == raw })
    }

    @Test(
        "a cluster whose width terminals disagree about becomes one mark",
        arguments: ["👩\u{200D}👩\u{200D}👧", "❤\u{FE0F}", "👍🏽", "1\u{FE0F}\u{20E3}"])
    func clusters(raw: String) {
        #expect(DisplayText(untrusted: "x\(raw)y").string == "x\u{FFFD}y")
    }

    @Test("a base keeps at most four combining marks, and a mark without a base gets one")
    func combining() {
        let piled = DisplayText(untrusted: "a" + String(repeating: "\u{301}", count: 9) + "b")
        #expect(piled.string.unicodeScalars.count == 6)
        #expect(piled.width == 2)
        #expect(DisplayText(untrusted: "\u{301}").string == "◌\u{301}")
    }

    @Test("invalid UTF-8 becomes U+FFFD")
    func invalid() {
        #expect(DisplayText(untrusted: String(decoding: [0x61, 0xFF, 0x62], as: UTF8.self)).string == "a\u{FFFD}b")
    }

    @Test("a long text is cut and says so", arguments: ["x", "日", "\u{1B}", "\u{1B}[m", "e\u{301}", "👩\u{200D}👧"])
    func cap(piece: String) {
        let text = DisplayText(untrusted: String(repeating: piece, count: 20_000))
        #expect(text.string.unicodeScalars.count <= DisplayText.maximumScalars)
        #expect(text.string.last == "…")
        #expect(DisplayText(untrusted: text.string) == text)
        let exact = String(repeating: "x", count: DisplayText.maximumScalars)
        #expect(DisplayText(untrusted: exact).string == exact)
    }

    @Test("lines end at LF, CR LF and CR")
    func lines() {
        #expect(DisplayText.lines(untrusted: "a\nb\r\nc\rd\n") == ["a", "b", "c", "d", ""])
    }

    @Test("whatever comes in, what goes out is harmless, stays as it is, and is as wide as what is drawn", arguments: 0..<40)
    func properties(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let raw = generator.hostileText()
            let text = DisplayText(untrusted: raw)
            for scalar in text.string.unicodeScalars {
                let category = scalar.properties.generalCategory
                #expect(category != .control && category != .format && category != .surrogate, "\(raw.debugDescription)")
                #expect(TextWidth.tableWidth(of: scalar) != nil, "\(raw.debugDescription)")
            }
            #expect(DisplayText(untrusted: text.string) == text, "\(raw.debugDescription)")
            var buffer = Buffer(width: text.width + 2, height: 1)
            #expect(buffer.put(text, x: 0, y: 0, style: Style(.error), in: buffer.bounds) == text.width)
            #expect(buffer.cells.prefix { $0.style.role == .error }.count == text.width, "\(raw.debugDescription)")
            let half = text.width / 2
            #expect(text.truncated(to: half).width <= half)
            #expect(text.truncated(to: half, .middle).width <= half)
        }
    }
}
