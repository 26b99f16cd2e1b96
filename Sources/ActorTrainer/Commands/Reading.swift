import ActorMakerClient
import EngineAPI
import Foundation
import JSONText
import Journal
import Logging
import Orchestration
import PlainOutput
import RunPodSimulator
import Training
import TrainingPorts

/// The source that a listing is about.
private func resolved(_ options: SourceOptions) async throws -> (Source, Settings) {
    LogDestination.take(level: options.leastLogged)
    let settings = try await Settings(project: options.project, configFile: options.config)
    guard let source = try options.resolve(settings) else { throw Failure(.usage, SourceOptions.choices) }
    return (source, settings)
}

/// The cast and the ledger, read once without an engine.
func readCast(_ options: SourceOptions) async throws -> (Cast, Ledger) {
    let (source, settings) = try await resolved(options)
    let house = try await House.open(source, options, settings, command: "actors", purpose: .looking)
    return try await house.closing { house in
        do {
            return (try await house.surroundings.actorMaker.cast(), try ledger(house.access))
        } catch let error as PortError {
            throw Failure(error)
        }
    }
}

private func ledger(_ access: StateAccess) throws -> Ledger {
    var ledger = Ledger()
    for record in try access.journal.events(after: 0) { ledger.apply(record) }
    return ledger
}

/// What the journal knows. Its time is that of the last thing that was recorded: nobody has watched since, and nobody is asked.
/// - Returns: that, and the present, which tells how old it is.
func readSnapshot(_ options: SourceOptions, command: String) async throws -> (Snapshot, present: Timestamp) {
    let (source, _) = try await resolved(options)
    let (ledger, newest) = try past(source, options, command: command)
    let description = SourceDescription(kind: source.kind, label: source.label, isSimulation: source.kind == .demo)
    let present = present(of: source, options)
    return (Snapshot(now: newest ?? present, ledger: ledger, source: description, cast: CastReading()), present)
}

/// A simulation's time is its own; where its simulator is, or was, tells it.
private func present(of source: Source, _ options: SourceOptions) -> Timestamp {
    let wall = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    guard case .demo = source else { return wall }
    let folder = StateAccess.folder(of: source, in: options.stateFolder) + "/simulator"
    return SimulatorFinder(stateDirectory: URL(filePath: folder)).clock?.now(real: wall) ?? wall
}

func readEvents(_ options: SourceOptions) async throws -> [EventRecord] {
    let (source, _) = try await resolved(options)
    return try records(source, options, command: "events")
}

private func past(_ source: Source, _ options: SourceOptions, command: String) throws(Failure) -> (Ledger, Timestamp?) {
    var ledger = Ledger()
    let records = try records(source, options, command: command)
    for record in records { ledger.apply(record) }
    // The journal is ours while we read it, so no engine waits for an answer.
    if let newest = records.last?.time { _ = ledger.doubtWhatWasCutOff(at: newest) }
    return (ledger, records.last?.time)
}

/// What the journal holds; nothing where there is none yet, and then none is made: whoever only looks leaves nothing behind.
/// - Throws: `Failure` where it cannot be read: “nothing is open” would be a lie that a script acts on.
private func records(_ source: Source, _ options: SourceOptions, command: String) throws(Failure) -> [EventRecord] {
    if case .demo(_, fresh: true, _) = source {
        throw Failure(.usage, "--fresh throws trainings away; “\(command)” only lists them")
    }
    guard !Folders.isMissing(StateAccess.journalFile(of: source, in: options.stateFolder)) else { return [] }
    let access = try StateAccess(source, in: options.stateFolder, command: command)
    do { return try access.journal.events(after: 0) } catch { throw Failure(error) }
}

/// What the events leave open because the program ended, for people: no event says it before an engine starts.
func remarks(on records: [EventRecord]) -> [String] {
    var ledger = Ledger()
    for record in records { ledger.apply(record) }
    guard let newest = records.last?.time else { return [] }
    return ledger.doubtWhatWasCutOff(at: newest).map { "\($0.job): \(Event.submissionUncertain(.cutOff).sentence)" }
}

/// An event with its payload in the journal's own form.
func eventJSON(_ record: EventRecord) throws -> JSONValue {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let written = try JSONValue(parsing: try encoder.encode(record.event))
    return eventJSON(record, data: written["data"] ?? .object([:]))
}
