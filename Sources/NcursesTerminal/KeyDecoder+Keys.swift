internal import CNcurses
internal import TerminalUI

extension KeyDecoder {
    /// The key of one character or code; nil for those that we have no name for.
    static func key(for token: Token) -> Key? {
        switch token {
        case .character(let value): key(forCharacter: value)
        case .code(let code): key(forCode: code)
        }
    }

    private static func key(forCharacter value: UInt32) -> Key? {
        switch value {
        case 0x09: return .tab
        case 0x0A, 0x0D: return .enter
        case 0x08, 0x7F: return .backspace
        case 0x1B: return .escape
        case 0: return .control(" ")
        // Ctrl clears the upper bits: Ctrl-C is 3, Ctrl-] is 29.
        case 0x01..<0x1B: return Unicode.Scalar(value + 0x60).map { .control(Character($0)) }
        case 0x1C..<0x20: return Unicode.Scalar(value + 0x40).map { .control(Character($0)) }
        case 0x80..<0xA0: return nil
        default: return Unicode.Scalar(value).map { .character(Character($0)) }
        }
    }

    private static func key(forCode code: CInt) -> Key? {
        let function = code - CInt(curses_key_f0)
        if (1...63).contains(function) { return .function(Int(function)) }
        return named[Int(code)]
    }

    private static let named: [Int: Key] = [
        curses_key_down: .down, curses_key_up: .up,
        curses_key_left: .left, curses_key_right: .right,
        curses_key_home: .home, curses_key_end: .end,
        curses_key_page_up: .pageUp, curses_key_page_down: .pageDown,
        curses_key_insert: .insert, curses_key_delete: .delete,
        curses_key_backspace: .backspace, curses_key_back_tab: .backTab,
        curses_key_enter: .enter,
    ]
}
