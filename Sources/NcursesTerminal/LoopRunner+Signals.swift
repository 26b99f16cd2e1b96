internal import Foundation
internal import TerminalUI

extension LoopRunner {
    /// What a signal means for the loop. Runs on the terminal's thread, long after the handler.
    func take(signal number: CInt) {
        switch number {
        case SIGWINCH: isResized = true
        case SIGTSTP: suspend()
        case SIGCONT: resume { terminal.takeAgain() }
        default: inputs.append(.terminate(signal: number))
        }
    }

    /// Stops the process, and goes on here when somebody wakes it.
    private func suspend() {
        resume {
            terminal.suspend()
            // The signal that woke us, and what was pressed meanwhile, are dealt with by this.
            for number in signals.takeAll() where ![SIGTSTP, SIGCONT, SIGWINCH].contains(number) {
                inputs.append(.terminate(signal: number))
            }
        }
    }

    private func resume(_ takeTerminal: () -> Void) {
        let before = terminal.facts
        takeTerminal()
        inputs.append(.resumed)
        if (before.width, before.height) != (terminal.facts.width, terminal.facts.height) {
            inputs.append(.resized(width: terminal.facts.width, height: terminal.facts.height))
        }
    }
}
