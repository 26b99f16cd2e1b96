/// Reads a small XML document strictly: one root, matching tags, the five named entities and numbers.
///
/// Ours, and not Foundation's: that one is another module and another parser on each platform, calls back into classes, and obeys
/// document type declarations, which are an attack and nothing that S3 sends. Here they are refused.
struct XMLParser {
    /// More nesting than any answer of S3 has.
    private static let greatestDepth = 32

    private let bytes: [UInt8]
    private var position = 0

    static func parse(_ bytes: [UInt8]) throws(XMLFault) -> XMLElement {
        var parser = XMLParser(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        try parser.skipMisc()
        guard parser.peek("<") else { throw parser.fault("no element begins here") }
        let root = try parser.element(depth: 0)
        try parser.skipMisc()
        guard parser.position == bytes.count else { throw parser.fault("something follows the root element") }
        return root
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func fault(_ reason: String) -> XMLFault { XMLFault(reason: reason, offset: position) }

    private func peek(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[min(position, bytes.count)...].starts(with: $0) }
    }

    private mutating func take(_ text: StaticString) -> Bool {
        guard peek(text) else { return false }
        position += text.utf8CodeUnitCount
        return true
    }

    private mutating func skipBlanks() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    /// Blanks, comments and processing instructions outside the root.
    private mutating func skipMisc() throws(XMLFault) {
        while true {
            skipBlanks()
            if take("<?") {
                _ = try upTo("?>")
            } else if take("<!--") {
                _ = try upTo("-->")
            } else if peek("<!") {
                throw fault("a document type declaration is not accepted")
            } else {
                return
            }
        }
    }

    private mutating func upTo(_ end: StaticString) throws(XMLFault) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count {
            if peek(end) {
                let slice = bytes[start..<position]
                position += end.utf8CodeUnitCount
                return slice
            }
            position += 1
        }
        position = start
        throw fault("the end is missing")
    }

    private mutating func element(depth: Int) throws(XMLFault) -> XMLElement {
        guard depth < XMLParser.greatestDepth else { throw fault("too many elements in each other") }
        guard take("<") else { throw fault("no element begins here") }
        var element = XMLElement(name: try name())
        try skipAttributes()
        if take("/>") { return element }
        guard take(">") else { throw fault("the tag of \(element.name) does not end") }
        var text: [UInt8] = []
        while !take("</") { try content(of: &element, &text, depth: depth) }
        guard try name() == element.name else { throw fault("another element ends than \(element.name)") }
        skipBlanks()
        guard take(">") else { throw fault("the closing tag of \(element.name) does not end") }
        if element.children.isEmpty {
            guard let valid = String(validating: text, as: UTF8.self) else { throw fault("\(element.name) holds no UTF-8") }
            element.text = valid
        }
        return element
    }

    private mutating func content(of element: inout XMLElement, _ text: inout [UInt8], depth: Int) throws(XMLFault) {
        guard position < bytes.count else { throw fault("\(element.name) does not end") }
        if take("<![CDATA[") {
            text += try upTo("]]>")
        } else if take("<!--") {
            _ = try upTo("-->")
        } else if take("<?") {
            _ = try upTo("?>")
        } else if peek("<") {
            element.children.append(try self.element(depth: depth + 1))
        } else if take("&") {
            text += Array(String(try entity()).utf8)
        } else {
            text.append(bytes[position])
            position += 1
        }
    }

    private mutating func name() throws(XMLFault) -> String {
        let start = position
        while position < bytes.count, XMLParser.isNamePart(bytes[position]) { position += 1 }
        guard position > start, let name = String(validating: bytes[start..<position], as: UTF8.self) else {
            throw fault("a name is missing")
        }
        return name
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F, 0x80...: true
        default: false
        }
    }

    private mutating func skipAttributes() throws(XMLFault) {
        while true {
            skipBlanks()
            if position >= bytes.count || peek(">") || peek("/>") { return }
            _ = try name()
            skipBlanks()
            guard take("=") else { throw fault("an attribute has no value") }
            skipBlanks()
            if take("\"") {
                _ = try upTo("\"")
            } else if take("'") {
                _ = try upTo("'")
            } else {
                throw fault("an attribute's value has no quotes")
            }
        }
    }

    private mutating func entity() throws(XMLFault) -> Unicode.Scalar {
        let body = String(decoding: try upTo(";").prefix(12), as: UTF8.self)
        let named: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        if let scalar = named[body] { return scalar }
        let number =
            body.hasPrefix("#x") ? UInt32(body.dropFirst(2), radix: 16) : body.hasPrefix("#") ? UInt32(body.dropFirst()) : nil
        guard let number, let scalar = Unicode.Scalar(number) else { throw fault("the entity &\(body); is not known") }
        return scalar
    }
}
