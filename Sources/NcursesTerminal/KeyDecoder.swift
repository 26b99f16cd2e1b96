internal import CNcurses
internal import TerminalUI

/// Makes inputs of ncurses' characters and codes. Keeps a paste that is not at its end yet.
struct KeyDecoder {
    enum Token: Hashable {
        case character(UInt32)
        case code(CInt)
    }

    /// The most of a paste that is kept, in bytes of UTF-8; the rest is dropped.
    static let maximumPaste = 64 * 1024

    private var paste: String?

    /// Whether the end of a paste is still to come.
    var isInPaste: Bool { paste != nil }

    mutating func decode(_ tokens: [Token]) -> [TerminalInput] {
        var result: [TerminalInput] = []
        var rest = tokens[...]
        while let token = rest.popFirst() {
            if paste != nil {
                if let input = takePasted(token) { result.append(input) }
            } else if token == .code(CInt(curses_paste_begins)) {
                paste = ""
            } else if token == .character(0x1B), let afterSequence = KeyDecoder.skipUnknownSequence(rest) {
                rest = afterSequence
            } else if let key = KeyDecoder.key(for: token) {
                result.append(.key(key))
            }
        }
        return result
    }

    /// Gives up waiting for the end of a paste: its mark was lost, and keys would be swallowed for ever.
    mutating func endPaste() -> TerminalInput? {
        defer { paste = nil }
        return paste.map { .paste($0) }
    }

    private mutating func takePasted(_ token: Token) -> TerminalInput? {
        if token == .code(CInt(curses_paste_ends)) { return endPaste() }
        // Terminals send a line's end as a carriage return.
        guard case .character(let value) = token, let scalar = Unicode.Scalar(value == 0x0D ? 0x0A : value) else { return nil }
        if let length = paste?.utf8.count, length + UTF8.width(scalar) <= KeyDecoder.maximumPaste {
            paste?.unicodeScalars.append(scalar)
        }
        return nil
    }

    /// Where the input goes on after a sequence that ncurses does not know, such as an answer of the terminal or a focus report:
    /// its letters must not act as keys. Nil where the escape stands for itself.
    private static func skipUnknownSequence(_ rest: ArraySlice<Token>) -> ArraySlice<Token>? {
        switch rest.first {
        case .character(0x5B):
            let body = rest.dropFirst().drop { isCharacter($0, in: 0x20...0x3F) }
            return isCharacter(body.first, in: 0x40...0x7E) ? body.dropFirst() : body
        case .character(0x4F) where isCharacter(rest.dropFirst().first, in: 0x40...0x7E): return rest.dropFirst(2)
        case .character(0x5D), .character(0x50), .character(0x5F):
            guard let end = rest.firstIndex(where: { $0 == .character(0x07) || $0 == .character(0x1B) }) else { return nil }
            let after = rest[end...].dropFirst()
            return rest[end] == .character(0x1B) && after.first == .character(0x5C) ? after.dropFirst() : after
        default: return nil
        }
    }

    private static func isCharacter(_ token: Token?, in range: ClosedRange<UInt32>) -> Bool {
        guard case .character(let value) = token else { return false }
        return range.contains(value)
    }
}
