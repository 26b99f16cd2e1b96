import ActorMakerClient
import ActorMakerServer
import EngineAPI
import Foundation
import Journal
import ObjectStorage
import Orchestration
import RunPod
import SystemSurroundings
import Training
import TrainingPorts

/// What a command wants of the engine.
enum Purpose: Sendable {
    /// New submissions.
    case training
    /// Something done to trainings that there are; what is queued must not start because of it.
    case steering
    /// Nothing changed at all, not even the pace of a simulation.
    case looking
}

/// Everything that one engine needs, put together and not yet running.
struct House: Sendable {
    let source: SourceDescription
    let settings: Settings
    let access: StateAccess
    /// The project folder that we serve; nil with `--server`.
    let project: ProjectFolder?
    let surroundings: Surroundings
    /// The engine's, and that of the connections to RunPod.
    let thread: EngineThread
    let policy: Policy
    let webhook: WebhookDoor
    let runpod: RunPodClient?
    let management: RunPodManagementClient?
    let s3: S3Access
    /// The Actor Maker server that runs elsewhere; nil where we serve the project ourselves.
    let server: ServerConnection?
    let log: LogFile
    /// Looks before anything is paid.
    let preflight: Preflight
    /// What was ordered to go wrong around the demo; nil where nothing was.
    let troubles: DemoTroubles?
}

/// The part of the state folder that belongs to one source.
struct StateAccess: Sendable {
    let folder: String
    /// Held for as long as this value lives: the folder has one owner.
    let lock: StateFolderLock
    let journal: SQLiteJournal

    /// Takes the folder, or says who has it.
    init(_ source: Source, in stateFolder: String, command: String) throws(Failure) {
        do {
            folder = StateAccess.folder(of: source, in: stateFolder)
            try StateFolder.prepare(at: folder)
            lock = try StateFolderLock(folder: folder, started: ContinuousEngineClock.wall().now(), command: command)
            if case .demo(_, fresh: true, _) = source { StateAccess.forget(in: folder) }
            journal = try SQLiteJournal(path: folder + "/journal.sqlite", random: SystemRandom())
        } catch {
            guard let owner = error.cause as? StateFolderOwner else { throw Failure(error) }
            throw Failure(
                .refused, StateAccess.refusal(by: owner, of: StateAccess.folder(of: source, in: stateFolder), to: command))
        }
    }

    static func folder(of source: Source, in stateFolder: String) -> String { stateFolder + "/" + source.folderName }

    static func journalFile(of source: Source, in stateFolder: String) -> String {
        folder(of: source, in: stateFolder) + "/journal.sqlite"
    }

    /// Takes away what an earlier demo has left; nothing in it was ever paid.
    private static func forget(in folder: String) {
        for name in ["journal.sqlite", "journal.sqlite-journal", "actor-trainer.log", "actor-trainer.log.1"] {
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }

    /// The newest time in the journal; no clock may begin before it.
    func newestTime() throws(Failure) -> Timestamp? {
        do { return try journal.events(after: 0).last?.time } catch { throw Failure(error) }
    }
}
