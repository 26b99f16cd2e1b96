import ArgumentParser
import EngineAPI
import Foundation
import NIOCore
import NcursesTerminal
import TrainingPorts

/// The program's entry: parses, starts the terminal's guardian where a dashboard is coming, and runs the command.
@main
enum Program {
    static let version = "0.1.0"

    static func main() async {
        // One thread for all connections, in and out: they are few and slow, and each further thread would wake on its own.
        NIOSingletons.groupLoopCountSuggestion = 1
        if let unknown = ActorTrainerCommand.unknown(in: Array(CommandLine.arguments.dropFirst())) { end(unknown) }
        do {
            let command = try ActorTrainerCommand.parseAsRoot()
            if command is DashboardCommand {
                // Before any thread is started: the guardian is the parent that restores the terminal after a crash.
                TerminalGuardian.startIfNeeded(crashDirectory: Folders.state + "/crashes")
            }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
        } catch let failure as Failure {
            end(failure)
        } catch let error as PortError {
            end(Failure(error))
        } catch let error as TerminalError {
            end(Failure(.prerequisite, error.message, cause: error))
        } catch {
            // Usage errors, --help and --version: the parser prints them; its own code for wrong usage (64) becomes ours.
            let code = ActorTrainerCommand.exitCode(for: error)
            let full = ActorTrainerCommand.fullMessage(for: error)
            let text = full.hasPrefix("Error: ") ? String(full.dropFirst(7)) : full
            if !text.isEmpty { code == .success ? Output.print(text) : Output.complain(text) }
            Foundation.exit(code == .validationFailure ? Failure.Code.usage.rawValue : code.rawValue)
        }
    }

    private static func end(_ failure: Failure) -> Never {
        Output.complain(failure.message)
        Foundation.exit(failure.code.rawValue)
    }
}

struct ActorTrainerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actor-trainer",
        abstract: "Watch and steer LoRA trainings of actors on RunPod, without paying twice or losing one.",
        version: Program.version,
        subcommands: [
            DashboardCommand.self, TrainCommand.self, ActorsCommand.self, JobsCommand.self, EventsCommand.self,
            CancelCommand.self,
            RetryCommand.self, ResolveCommand.self, DownloadCommand.self, DoctorCommand.self, ServeCommand.self,
            SimulateCommand.self,
        ],
        defaultSubcommand: DashboardCommand.self
    )

    /// A word in a command's place that is none. The parser would take it for an argument of the dashboard, and name no command.
    static func unknown(in words: [String]) -> Failure? {
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard let word = words.first, !word.hasPrefix("-"), word != "help", !names.contains(word) else { return nil }
        return Failure(.usage, "there is no command “\(word)”; there are \(names.joined(separator: ", ")), and help")
    }
}
