import ChanceTestSupport

extension SplitMix64 {
    /// Text of what hurts: controls, sequences, marks, wide and joined characters, and anything else that Unicode has.
    mutating func hostileText() -> String {
        let pieces = [
            "a", "é", "日本", " ", "\u{1B}", "\u{1B}[31m", "\u{1B}]52;c;aGk=\u{07}", "\u{1B}P+q\u{1B}\\", "\u{9B}2J",
            "\u{9D}0;x\u{9C}",
            "\u{1B}_x", "[", "]", "\\", ";", "\r", "\n", "\r\n", "\t", "\u{8}", "\u{7F}", "\u{85}", "\u{202E}", "\u{2066}",
            "\u{200B}",
            "\u{200D}", "\u{FE0F}", "\u{FEFF}", "\u{AD}", "\u{301}", "\u{489}", "\u{E0041}", "👩\u{200D}👧", "❤\u{FE0F}", "👍🏽", "🇩🇪",
            "\u{1100}\u{1161}\u{11A8}", "\u{600}", "\u{2028}", "\u{0378}", "\u{10FFFF}", "\u{E000}", "\u{115F}", "…", "�", "◌",
        ]
        return (0..<Int.random(in: 0...40, using: &self)).map { _ in
            guard Int.random(in: 0..<4, using: &self) == 0 else { return pieces.randomElement(using: &self) ?? "" }
            return Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &self)).map { String($0) } ?? ""
        }.joined()
    }
}
