/// How JSON text is laid out, so that what is added looks like what is there.
struct JSONLayout: Hashable, Sendable {
    /// Whether containers stand on several lines.
    var isMultiline = true
    var newline: [UInt8] = [0x0A]
    /// What a line is indented by for each level.
    var unit: [UInt8] = [0x20, 0x20]
    /// The colon with its blanks.
    var colon: [UInt8] = Array(": ".utf8)
    /// The comma with its blanks, between neighbours on one line.
    var comma: [UInt8] = Array(", ".utf8)
    /// Whether the text escapes everything beyond ASCII, as Python does by default.
    var isASCII = false

    /// A member, or an element where `key` is nil, for a line with this indentation.
    func member(key: String?, value: JSONValue, indentation: [UInt8]) -> [UInt8] {
        let value = render(value, indentation: indentation)
        return key.map { quote($0) + colon + value } ?? value
    }

    func render(_ value: JSONValue, indentation: [UInt8]) -> [UInt8] {
        switch value {
        case .null, .bool, .number: Array(value.text().utf8)
        case .string(let text): quote(text)
        case .array(let elements): list("[", "]", elements.map { (nil, $0) }, indentation)
        case .object(let object): list("{", "}", object.members.map { ($0.key, $0.value) }, indentation)
        }
    }

    private func list(_ open: String, _ close: String, _ children: [(String?, JSONValue)], _ outer: [UInt8]) -> [UInt8] {
        guard !children.isEmpty else { return Array((open + close).utf8) }
        let inner = isMultiline ? outer + unit : outer
        let lines = children.map { member(key: $0.0, value: $0.1, indentation: inner) }
        let separator = isMultiline ? [UInt8(ascii: ",")] + newline + inner : comma
        let body = Array(lines.joined(separator: separator))
        return Array(open.utf8) + (isMultiline ? newline + inner + body + newline + outer : body) + Array(close.utf8)
    }

    private func quote(_ text: String) -> [UInt8] {
        var quoted = ""
        JSONValue.quote(text, into: &quoted)
        guard isASCII else { return Array(quoted.utf8) }
        return quoted.utf16.flatMap { unit -> [UInt8] in
            guard unit >= 0x80 else { return [UInt8(unit)] }
            let hex = String(unit, radix: 16)
            return Array(("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8)
        }
    }
}
