import CNcurses
import TerminalUI
import Testing

@testable import NcursesTerminal

@Suite("Inputs from ncurses' characters and codes")
struct KeyDecoderTests {
    private func tokens(_ text: String) -> [KeyDecoder.Token] { text.unicodeScalars.map { .character($0.value) } }

    private func decode(_ text: String) -> [TerminalInput] {
        var decoder = KeyDecoder()
        return decoder.decode(tokens(text))
    }

    @Test("characters and control keys")
    func characters() {
        #expect(
            decode("aé\t\r\n\u{7F}\u{3}\u{0}\u{1D}").map { $0 } == [
                .key(.character("a")), .key(.character("é")), .key(.tab), .key(.enter), .key(.enter), .key(.backspace),
                .key(.control("c")),
                .key(.control(" ")), .key(.control("]")),
            ])
    }

    @Test(
        "a sequence that nobody knows does not act as keys",
        arguments: [
            "\u{1B}[I", "\u{1B}[?2026;2$y", "\u{1B}[1;9Q", "\u{1B}Ox", "\u{1B}]11;rgb:0/0/0\u{7}", "\u{1B}]11;rgb:q\u{1B}\\",
            "\u{1B}P1+rq\u{1B}\\", "\u{1B}[12",
        ])
    func unknown(sequence: String) {
        let following: [TerminalInput] = sequence.hasSuffix("2") ? [] : [.key(.character("j"))]
        #expect(decode(sequence + (following.isEmpty ? "" : "j")) == following)
    }

    @Test("an escape alone, or before another key, is an escape")
    func escape() {
        #expect(decode("\u{1B}") == [.key(.escape)])
        #expect(decode("\u{1B}j") == [.key(.escape), .key(.character("j"))])
        #expect(decode("\u{1B}]j") == [.key(.escape), .key(.character("]")), .key(.character("j"))])
    }

    @Test("a paste is one input, also over several reads, and keys in it are text")
    func paste() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([.code(CInt(curses_paste_begins))] + tokens("q\r")) == [])
        #expect(decoder.isInPaste)
        #expect(
            decoder.decode(tokens("\u{1B}[A") + [.code(CInt(curses_paste_ends))] + tokens("x")) == [
                .paste("q\n\u{1B}[A"), .key(.character("x")),
            ])
        #expect(!decoder.isInPaste)
        #expect(decoder.endPaste() == nil)
    }

    @Test("a paste without end can be ended, and is bounded")
    func endlessPaste() {
        var decoder = KeyDecoder()
        _ = decoder.decode([.code(CInt(curses_paste_begins))] + tokens(String(repeating: "日", count: 40_000)))
        guard case .paste(let text) = decoder.endPaste() else {
            Issue.record("there is no paste")
            return
        }
        #expect(text.utf8.count == KeyDecoder.maximumPaste / 3 * 3)
    }

    @Test("codes become keys, unknown ones nothing")
    func codes() {
        var decoder = KeyDecoder()
        let codes: [Int] = [Int(curses_key_up), Int(curses_key_f0) + 12, Int(curses_key_resize), 0o1234]
        #expect(decoder.decode(codes.map { .code(CInt($0)) }) == [.key(.up), .key(.function(12))])
    }
}
