import Foundation
import NcursesTerminal
import TerminalUI

/// A little program for the tests of the real terminal: counts what it gets and crashes on command.
@main
enum Probe {
    static func main() async {
        let environment = ProcessInfo.processInfo.environment
        if environment["PROBE_UNGUARDED"] == nil {
            TerminalGuardian.startIfNeeded(
                crashDirectory: environment["PROBE_CRASHES"] ?? NSTemporaryDirectory() + "probe-crashes")
        }
        do {
            let mailbox = try Mailbox<ProbeMessage>(capacity: 100) { $0 != .important }
            let options = TerminalOptions(standardErrorFile: environment["PROBE_ERRORS"])
            let code = try await TerminalLoop(options: options, mailbox: mailbox).run { facts in
                let state = ProbeState(facts: facts, mailbox: mailbox)
                return { inputs, messages in state.step(inputs, messages) }
            }
            print("probe left with \(code)")
            exit(code)
        } catch {
            print("probe failed: \(error)")
            exit(3)
        }
    }
}

enum ProbeMessage: Hashable, Sendable {
    case tick
    case important
}
