extension DisplayText {
    /// The text with its escape sequences replaced by one mark each and its other controls spelt out.
    ///
    /// Stops early, and says so, where the source is far longer than what may be kept: a megabyte costs no more than a page.
    static func withoutControls(_ raw: String) -> (text: String, isShortened: Bool) {
        var result = String.UnicodeScalarView()
        var rest = raw.unicodeScalars[...]
        var steps = 0
        while let scalar = rest.first, steps <= 2 * maximumScalars {
            if let end = endOfSequence(rest) {
                rest = rest[end...]
                result.append(sequenceMark)
            } else {
                rest = rest.dropFirst()
                result.append(contentsOf: visible(scalar))
            }
            steps += 1
        }
        return (String(result), !rest.isEmpty)
    }

    /// Caret notation for C0 and DEL (`^[`, `^?`), the scalar's number for C1 (`\u{9b}`).
    private static func visible(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        switch scalar.value {
        case 0..<0x20, 0x7F: "^\(Character(Unicode.Scalar(UInt8(scalar.value ^ 0x40))))".unicodeScalars
        case 0x80..<0xA0: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars
        default: String(scalar).unicodeScalars
        }
    }

    /// Where the complete control sequence ends that the text begins with; nil when there is none.
    private static func endOfSequence(_ text: Substring.UnicodeScalarView) -> String.Index? {
        guard let (introducer, body) = introducer(of: text) else { return nil }
        switch introducer {
        case "[": return endOfControlSequence(body)
        case "]": return endOfControlString(body, bellEnds: true)
        case "P", "X", "^", "_": return endOfControlString(body, bellEnds: false)
        default: return nil
        }
    }

    /// The introducer in its 7-bit form, also of an 8-bit one: U+009B is ESC and `[`.
    private static func introducer(
        of text: Substring.UnicodeScalarView
    ) -> (Unicode.Scalar, Substring.UnicodeScalarView)? {
        guard let first = text.first else { return nil }
        let rest = text.dropFirst()
        if first == "\u{1B}", let second = rest.first { return (second, rest.dropFirst()) }
        guard (0x80..<0xA0).contains(first.value) else { return nil }
        return (Unicode.Scalar(UInt8(first.value - 0x40)), rest)
    }

    /// Parameters 0x30-0x3F, then intermediates 0x20-0x2F, then one final 0x40-0x7E (ECMA-48, 5.4).
    private static func endOfControlSequence(_ body: Substring.UnicodeScalarView) -> String.Index? {
        let rest = body.drop { (0x30...0x3F).contains($0.value) }.drop { (0x20...0x2F).contains($0.value) }
        guard let final = rest.first, (0x40...0x7E).contains(final.value) else { return nil }
        return rest.index(after: rest.startIndex)
    }

    /// Anything up to ST (or BEL, which ends an OSC in practice); CAN, SUB and a new introducer break it off.
    private static func endOfControlString(_ body: Substring.UnicodeScalarView, bellEnds: Bool) -> String.Index? {
        for index in body.indices {
            let after = body.index(after: index)
            switch body[index].value {
            case 0x07 where bellEnds, 0x9C: return after
            case 0x1B:
                guard after < body.endIndex, body[after] == "\\" else { return nil }
                return body.index(after: after)
            case 0x18, 0x1A, 0x80..<0xA0: return nil
            default: continue
            }
        }
        return nil
    }
}
