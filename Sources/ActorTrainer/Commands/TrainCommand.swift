import ArgumentParser
import EngineAPI
import PlainOutput
import Training

/// The script's job without a screen: selects, trains, watches to the end.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Select actors, train them, and watch them to the end, in plain lines.")

    @OptionGroup var source: SourceOptions

    @Argument(help: "The actors to train, by number; without any, the first eligible ones.")
    var actors: [Int] = []

    @Option(help: "How many actors are trained when none is named.")
    var limit = 2

    @Option(help: "How many trainings run at once.")
    var parallel = 1

    @Flag(help: "Say what would be submitted, and submit nothing.")
    var dryRun = false

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Train actors that have an approved or an unjudged model again.")
    var again = false

    @Flag(help: "One JSON value a line.")
    var json = false

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit takes a number from 1") }
        guard (1...100).contains(parallel) else { throw ValidationError("--parallel takes a number from 1 to 100") }
        guard actors.allSatisfy({ $0 >= 0 }) else { throw ValidationError("actors are named by number") }
    }

    func run() async throws {
        guard !source.readOnly || dryRun else {
            throw Failure(.refused, "--read-only and train go together with --dry-run only")
        }
        let code = try await withSession(
            source, command: "train", mayContinue: yes, purpose: dryRun ? .looking : .training
        ) { session in
            try await TrainRun(options: self, session: session).run()
        }
        throw ExitCode(code)
    }
}
