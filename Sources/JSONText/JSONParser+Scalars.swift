extension JSONParser {
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    func fault(_ reason: String) -> JSONError { JSONError(reason: reason, offset: position) }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    mutating func skipBlanks() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for expected in word.description.utf8 where !take(expected) { throw fault("“\(word)” should be here") }
        return value
    }

    mutating func number() throws(JSONError) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw fault("a digit should be here") }
    }

    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        skipPlain()
        // Most strings have no escape: they are taken as they lie.
        if take(UInt8(ascii: "\"")) { return try text(bytes[start..<position - 1]) }
        var content = Array(bytes[start..<position])
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(content[...])
            case UInt8(ascii: "\\"): content.append(contentsOf: String(try escaped()).utf8)
            default: throw fault("a control character must be escaped")
            }
            let run = position
            skipPlain()
            content.append(contentsOf: bytes[run..<position])
        }
        throw fault("the string has no end")
    }

    /// Goes on to the next quote, backslash or control character.
    private mutating func skipPlain() {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x22 || byte == 0x5C || byte < 0x20 { return }
            position += 1
        }
    }

    private func text(_ content: ArraySlice<UInt8>) throws(JSONError) -> String {
        guard let string = String(validating: content, as: UTF8.self) else { throw fault("the string is not UTF-8") }
        return string
    }

    private mutating func escaped() throws(JSONError) -> Unicode.Scalar {
        guard let byte = peek else { throw fault("the string has no end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw fault("no such escape")
        }
    }

    /// A `\uXXXX`, joined with a second one where it is the high half of a pair; a lone half becomes U+FFFD.
    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let first = try hexQuad()
        guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        let mark = position
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            position = mark
            return "\u{FFFD}"
        }
        let second = try hexQuad()
        guard (0xDC00...0xDFFF).contains(second) else {
            position = mark
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hexQuad() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = peek.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw fault("four hexadecimal digits should follow")
            }
            value = value * 16 + UInt32(digit)
            position += 1
        }
        return value
    }
}
