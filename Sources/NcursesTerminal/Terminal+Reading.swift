internal import CNcurses
internal import Foundation
import TerminalUI

extension Terminal {
    /// The most keys taken at once: a pasted megabyte must not hold up a signal.
    static let maximumBatch = 4096

    /// Takes all keys that wait, without waiting for any.
    /// - Returns: the inputs, and whether more may be there at once.
    func readInputs() -> (inputs: [TerminalInput], hasMore: Bool) {
        var tokens: [KeyDecoder.Token] = []
        while tokens.count < Terminal.maximumBatch {
            var value: CInt = 0
            switch curses_next_input(&value) {
            case curses_character: tokens.append(.character(UInt32(bitPattern: value)))
            case curses_key_code: tokens.append(.code(value))
            default: return (decoder.decode(tokens), false)
            }
        }
        return (decoder.decode(tokens), true)
    }

    /// Whether the terminal is gone: readable, and yet without a byte.
    func isInputAtEnd() -> Bool {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, 0) > 0 else { return false }
        if descriptor.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
        var waiting: CInt = 0
        return ioctl(STDIN_FILENO, UInt(FIONREAD), &waiting) < 0 || waiting == 0
    }
}
