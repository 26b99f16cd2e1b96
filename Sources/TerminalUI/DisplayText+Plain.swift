/// The short way for nearly all text: characters that the one rule leaves as they are, whatever stands beside them, and that take one
/// column each. A test holds it against the rule itself.
extension DisplayText {
    /// Whether each character takes one cell, and the charset shows it as it is.
    func isPlain(in charset: Charset) -> Bool {
        charset == .unicode ? DisplayText.isPlain(string) : DisplayText.isASCII(string)
    }

    static func isPlain(_ text: String) -> Bool { isASCII(text) || text.unicodeScalars.allSatisfy(isPlain) }

    private static func isASCII(_ text: String) -> Bool {
        func holds(_ bytes: some Sequence<UInt8>) -> Bool { bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }
        return text.utf8.withContiguousStorageIfAvailable(holds) ?? holds(text.utf8)
    }

    /// Printable ASCII, Latin-1 without its soft hyphen, and the dashes, quotes, arrows, lines and blocks that our own texts use.
    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F, 0xA1..<0xAD, 0xAE...0xFF, 0x2013...0x2014, 0x2018...0x2019, 0x201C...0x201D, 0x2026, 0x2190...0x2193,
            0x2248, 0x2500...0x259F:
            true
        default: false
        }
    }
}
