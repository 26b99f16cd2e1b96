import Testing

@testable import TerminalUI

@Suite("A cell in two words")
struct CellTests {
    @Test(
        "gives back the character, its marks and its style",
        arguments: ["a", " ", "日", "e\u{301}", "\u{10FFFD}", "o\u{300}\u{301}\u{302}\u{303}", ""])
    func roundTrip(glyph: String) {
        let style = Style(.dialogButton, [.bold, .reverse])
        let cell = Cell(glyph, style)
        #expect(cell.glyph.unicodeScalars.elementsEqual(glyph.unicodeScalars))
        #expect(cell.style == style)
        #expect(cell.isContinuation == glyph.isEmpty)
        #expect(cell.ascii == (glyph == "a" || glyph == " " ? glyph.utf8.first : nil))
    }

    @Test("more marks than a text may hold are left out, and the style stays", arguments: Role.allCases)
    func overflow(role: Role) {
        let cell = Cell("a\u{300}\u{301}\u{302}\u{303}\u{304}", Style(role))
        #expect(cell.glyph.unicodeScalars.elementsEqual("a\u{300}\u{301}\u{302}\u{303}".unicodeScalars))
        #expect(cell.style == Style(role))
    }

    @Test("a new style keeps the character and its marks")
    func restyled() {
        var cell = Cell("o\u{300}\u{301}\u{302}\u{303}", Style(.good, .underline))
        cell.style = Style(.text)
        #expect(cell == Cell("o\u{300}\u{301}\u{302}\u{303}"))
    }
}

@Suite("Plain text")
struct PlainTextTests {
    private static let plain = (UInt32(0)...0xFFFF).compactMap(Unicode.Scalar.init).filter { DisplayText.isPlain($0) }

    @Test("what goes the short way is left as it is by the rule, alone and between others, and takes one column")
    func agreesWithTheRule() {
        #expect(PlainTextTests.plain.count > 300)
        for scalar in PlainTextTests.plain {
            let text = "a\(scalar)\(scalar)e"
            #expect(DisplayText.sanitisedInFull(text) == text)
            #expect(DisplayText.sanitisedInFull(String(scalar)) == String(scalar))
            #expect(TextWidth.tableWidth(of: scalar) == 1)
        }
    }

    @Test("what the rule changes does not go the short way")
    func leavesTheRest() {
        for scalar in (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init) where DisplayText.isPlain(scalar) {
            #expect(scalar.value < 0x2600)
        }
        for text in ["\u{1B}[m", "\u{AD}", "\u{9B}", "\u{202E}", "\u{200B}", "日", "e\u{301}", "\u{7F}"] {
            #expect(!DisplayText.isPlain(text))
        }
    }
}
