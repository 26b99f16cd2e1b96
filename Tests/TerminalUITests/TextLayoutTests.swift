import Testing

@testable import TerminalUI

@Suite("Cutting, padding and wrapping")
struct TextLayoutTests {
    @Test(
        "a text is cut at its end or in its middle",
        arguments: [
            ("actor_0019_V7", 20, "actor_0019_V7", "actor_0019_V7"), ("actor_0019_V7", 13, "actor_0019_V7", "actor_0019_V7"),
            ("actor_0019_V7", 8, "actor_0…", "acto…_V7"), ("actor_0019_V7", 1, "…", "…"), ("actor_0019_V7", 0, "", ""),
            ("", 0, "", ""),
            ("日本語", 5, "日本…", "日…語"), ("日本語", 4, "日…", "日…"), ("日本語", 2, "…", "…"), ("e\u{301}ab", 2, "e\u{301}…", "e\u{301}…"),
        ])
    func truncation(raw: String, columns: Int, end: String, middle: String) {
        let text = DisplayText(untrusted: raw)
        #expect(text.truncated(to: columns).string == end)
        #expect(text.truncated(to: columns, .middle).string == middle)
    }

    @Test("a text is padded to its column")
    func padding() {
        let text: DisplayText = "日a"
        #expect(text.padded(to: 6).string == "日a   ")
        #expect(text.padded(to: 6, alignment: .right).string == "   日a")
        #expect(text.padded(to: 6, alignment: .centre).string == " 日a  ")
        #expect(text.padded(to: 2).string == "… ")
        #expect(text.padded(to: 0).isEmpty)
    }

    @Test(
        "a text is wrapped at blanks, and within words that are too long",
        arguments: [
            ("the loss fell slowly", 8, ["the loss", "fell", "slowly"]), ("the  loss", 4, ["the", "loss"]),
            ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
            ("日本語", 5, ["日本", "語"]), ("日a", 1, ["a"]), ("", 5, [""]), ("   ", 5, [""]), ("a", 0, []),
            ("e\u{301}e\u{301}", 1, ["e\u{301}", "e\u{301}"]),
        ] as [(String, Int, [String])])
    func wrapping(raw: String, columns: Int, lines: [String]) {
        #expect(DisplayText(untrusted: raw).wrapped(to: columns).map(\.string) == lines)
    }
}
