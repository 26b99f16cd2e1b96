import ArgumentParser
import PlainOutput
import TerminalUI
import Training

/// Checks every prerequisite before anything is paid.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check every prerequisite, and of each actor that is named what its training needs.")

    @OptionGroup var source: SourceOptions

    @Argument(help: "Actors to look at, too, by number.")
    var actors: [Int] = []

    @Flag(help: "One JSON value a line.")
    var json = false

    func validate() throws {
        guard !source.fresh, source.fault.isEmpty else { throw ValidationError("doctor only looks; --fresh and --fault do more") }
        guard actors.allSatisfy({ $0 >= 0 }) else { throw ValidationError("actors are named by number") }
    }

    func run() async throws {
        LogDestination.take(level: source.leastLogged)
        let settings = try await Settings(project: source.project, configFile: source.config)
        guard let place = try source.resolve(settings) else { throw Failure(.usage, SourceOptions.choices) }
        let isJSON = json
        let say: @Sendable (Finding) -> Void = { finding in
            if isJSON { Output.print(checkJSON(finding)) } else { Output.print(finding.lines) }
        }
        let state = StateFolderFiles.examine(place, in: source.stateFolder)
        let first = TerminalCheck().findings + settings.findings + state.findings
        first.forEach(say)
        let doctor = Doctor(
            options: source, settings: settings, source: place, folder: StateAccess.folder(of: place, in: source.stateFolder),
            access: state.access, say: say)
        let all = first + (try await doctor.examine(actors.map { ActorID($0) }))
        if !json { Output.print(DisplayText(untrusted: DoctorCommand.sum(all))) }
        throw ExitCode(all.errors.exitCode)
    }

    private static func sum(_ findings: [Finding]) -> String {
        let (errors, warnings) = (findings.errors.count, findings.warnings.count)
        let skipped = findings.count { $0.severity == .skipped }
        let rest = skipped > 0 ? "; \(skipped) could not be looked at" : ""
        guard errors + warnings > 0 else { return "Nothing stands in the way\(rest)." }
        return "\(errors) to mend, \(warnings) to look at\(rest)."
    }
}

extension [Finding] {
    /// Of errors: 3 where something is missing, 4 where all that is against it is that it would pay for nothing.
    var exitCode: Int32 {
        guard !errors.isEmpty else { return 0 }
        return errors.allSatisfy(\.isRefusal) ? Failure.Code.refused.rawValue : Failure.Code.prerequisite.rawValue
    }
}
