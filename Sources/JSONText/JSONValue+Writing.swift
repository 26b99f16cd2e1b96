extension JSONValue {
    /// The value as JSON text, without a last newline.
    /// - Parameter indent: spaces for each level, or nil for one line without spaces.
    public func text(indent: Int? = nil) -> String {
        var output = ""
        write(into: &output, indent: indent, depth: 0)
        return output
    }

    private func write(into output: inout String, indent: Int?, depth: Int) {
        switch self {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .number(let text): output += text
        case .string(let value): JSONValue.quote(value, into: &output)
        case .array(let elements):
            JSONValue.writeList(elements, "[", "]", into: &output, indent: indent, depth: depth) { element, output in
                element.write(into: &output, indent: indent, depth: depth + 1)
            }
        case .object(let object):
            JSONValue.writeList(object.members, "{", "}", into: &output, indent: indent, depth: depth) { member, output in
                JSONValue.quote(member.key, into: &output)
                output += indent == nil ? ":" : ": "
                member.value.write(into: &output, indent: indent, depth: depth + 1)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], _ open: String, _ close: String, into output: inout String, indent: Int?, depth: Int,
        element write: (Element, inout String) -> Void
    ) {
        output += open
        for (index, element) in elements.enumerated() {
            if index > 0 { output += "," }
            if let indent { output += "\n" + String(repeating: " ", count: indent * (depth + 1)) }
            write(element, &output)
        }
        if let indent, !elements.isEmpty { output += "\n" + String(repeating: " ", count: indent * depth) }
        output += close
    }

    /// A string in quotes. `/` and everything beyond ASCII stay as they are; controls are escaped.
    static func quote(_ string: String, into output: inout String) {
        output += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let hex = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: output.unicodeScalars.append(scalar)
            }
        }
        output += "\""
    }
}
