import ArgumentParser
import Foundation
import Training

/// The dashboard: the program's usual face.
struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Watch and steer trainings live, from the keyboard (the default).")

    @OptionGroup var source: SourceOptions

    @Flag(help: "Use no colours; NO_COLOR does the same.")
    var noColor = false

    @Flag(help: "What was planned goes on by itself after an unclean end.")
    var yes = false

    func run() async throws {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw Failure(.usage, "the dashboard needs a terminal; without one use “train”, “jobs --json” or “events --follow”")
        }
        // Before the engine begins to do anything.
        if let fault = TerminalCheck().findings.errors.first {
            throw Failure(.prerequisite, [fault.sentence, fault.remedy].compactMap(\.self).joined(separator: "; "))
        }
        let code = try await withSession(source, command: "dashboard", mayContinue: yes, signals: .terminal) { session in
            let wayBack = WayBack(to: source, as: session.source, usesColours: !noColor).command
            return try await DashboardRun(session: session, usesColours: !noColor, wayBack: wayBack).run()
        }
        throw ExitCode(code)
    }
}
