internal import CTerminalGuard
internal import Foundation

/// The process's signals as bytes in a pipe: their handlers do nothing else.
///
/// To be made after the terminal, for ncurses sets handlers of its own that end the process without asking.
final class SignalInbox {
    private let wakeUp: WakeUp

    var descriptor: CInt { wakeUp.readingEnd }

    init() throws(TerminalError) {
        wakeUp = try WakeUp()
        terminal_guard_catch_signals(wakeUp.writingEnd)
    }

    /// The signals that came since the last time, in order.
    func takeAll() -> [CInt] {
        let numbers = wakeUp.drain().map { CInt($0) }
        terminal_guard_signals_were_read()
        return numbers
    }

    /// Sets the handlers of before the terminal; has to come before the pipe goes.
    func end() { terminal_guard_release_signals() }
}
