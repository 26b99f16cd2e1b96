extension JSONTokens {
    static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || isLineEnd(byte) }

    func skipBlanks(from start: Int) -> Int {
        var position = start
        while position < bytes.count, JSONTokens.isBlank(bytes[position]) { position += 1 }
        return position
    }

    /// The first place behind the value that begins at `start`.
    func endOfValue(from start: Int) -> Int {
        switch bytes[start] {
        case UInt8(ascii: "\""): endOfString(from: start)
        case UInt8(ascii: "{"), UInt8(ascii: "["): endOfContainer(from: start)
        default: bytes[start...].firstIndex(where: JSONTokens.endsScalar) ?? bytes.count
        }
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }

    private func endOfString(from start: Int) -> Int {
        var position = start + 1
        while bytes[position] != UInt8(ascii: "\"") { position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1 }
        return position + 1
    }

    private func endOfContainer(from start: Int) -> Int {
        var position = start
        var depth = 0
        repeat {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position = endOfString(from: position)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
        } while depth > 0
        return position
    }

    /// The spaces and tabs at the start of the line that holds `position`.
    func indentation(at position: Int) -> [UInt8] {
        let lineStart = (bytes[..<position].lastIndex(where: JSONTokens.isLineEnd) ?? -1) + 1
        return Array(bytes[lineStart..<position].prefix { $0 == 0x20 || $0 == 0x09 })
    }
}
