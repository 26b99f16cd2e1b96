import ArgumentParser
import Foundation
import JSONText
import TerminalUI
import Training
import TrainingPorts

/// Fetches one model, and holds it against the hash that its trainer wrote into it.
struct DownloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "download", abstract: "Download an actor's model and check its hash; nothing is written over.")

    @OptionGroup var source: SourceOptions

    @Argument(help: "The actor, by number.")
    var actor: Int

    @Option(help: "Which version, such as 7 or V7 (default: the newest good one, else the newest).")
    var version: String?

    @Option(
        name: .customLong("to"),
        help: "The folder that it goes into; it is made where it is not there (default: the current one).")
    var folder: String?

    @Flag(help: "One JSON value.")
    var json = false

    private var number: VersionNumber? { version.flatMap { VersionNumber(parsing: $0) ?? Int($0).map(VersionNumber.init(_:)) } }

    func validate() throws {
        guard !source.fresh, source.fault.isEmpty else {
            throw ValidationError("download only reads; --fresh and --fault do more")
        }
        guard actor >= 0 else { throw ValidationError("the actor is named by number") }
        guard version == nil || (number?.number ?? 0) > 0 else {
            throw ValidationError("--version takes a number, such as 7 or V7")
        }
    }

    func run() async throws {
        LogDestination.take(level: source.leastLogged)
        let settings = try await Settings(project: source.project, configFile: source.config)
        guard let place = try source.resolve(settings) else { throw Failure(.usage, SourceOptions.choices) }
        let target = Folders.absolute(folder ?? Folders.current)
        let download = Download(settings: settings, source: place, folder: StateAccess.folder(of: place, in: source.stateFolder))
        let (id, number) = (ActorID(actor), number)
        let done = try await DownloadCommand.unlessInterrupted { try await download.run(id, number, into: target) }
        Output.print(json ? done.json.text() : done.sentence.string)
    }

    /// Half a file is taken away before the program ends by a signal.
    private static func unlessInterrupted(_ body: @escaping @Sendable () async throws -> Downloaded) async throws -> Downloaded {
        try await withThrowingTaskGroup(of: Result<Downloaded, ExitCode>.self) { group in
            group.addTask { .success(try await body()) }
            group.addTask { .failure(ExitCode(128 + (await House.endingSignal()))) }
            guard let first = try await group.next() else { throw CancellationError() }
            group.cancelAll()
            while await group.nextResult() != nil {}
            return try first.get()
        }
    }
}

/// A model that has arrived.
struct Downloaded: Sendable {
    let name: ModelName
    let location: S3Location
    let path: String
    let model: DownloadedModel

    var sentence: DisplayText {
        let check = model.isHashChecked ? "its hash is right" : "its length is right, and it carries no hash to check"
        return DisplayText(untrusted: "\(path): \(name) from \(location), \(model.sizeBytes) bytes; \(check)")
    }

    var json: JSONValue {
        [
            "actor_id": .integer(name.actor.rawValue), "version": .string("\(name.version)"), "model": .string("\(name)"),
            "model_url": .string("\(location)"), "path": .string(path), "size_bytes": .integer(model.sizeBytes),
            "hash_checked": .bool(model.isHashChecked),
        ]
    }
}
