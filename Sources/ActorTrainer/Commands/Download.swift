import ActorMakerClient
import Foundation
import ObjectStorage
import RunPodSimulator
import SystemSurroundings
import Training
import TrainingPorts

/// Finds the model of an actor and where it lies, and fetches it. It reads only, and works beside the program that has the trainings.
struct Download: Sendable {
    let settings: Settings
    let source: Source
    /// The source's part of the state folder.
    let folder: String

    func run(_ actor: ActorID, _ version: VersionNumber?, into target: String) async throws -> Downloaded {
        let server = try House.connection(source)
        let result: Result<Downloaded, any Error>
        do { result = .success(try await run(actor, version, into: target, server)) } catch { result = .failure(error) }
        await server?.shutdown()
        return try result.get()
    }

    private func run(
        _ actor: ActorID, _ version: VersionNumber?, into target: String, _ server: ServerConnection?
    ) async throws -> Downloaded {
        let project = try House.projectFolder(source, folder, settings, ContinuousEngineClock.wall())
        let maker = try House.actorMaker(project, server)
        do {
            let cast = try await maker.cast()
            guard let profile = cast.actors.first(where: { $0.id == actor }) else {
                throw Failure(.prerequisite, "there is no actor \(actor); “actors” lists them")
            }
            let (name, location) = try Download.choose(profile, version)
            let path = "\(target)/\(name.fileName)"
            let (store, client) = try await store()
            do { try Folders.make(target) } catch {
                await client?.shutdown()
                throw error
            }
            let result: Result<DownloadedModel, PortError>
            do { result = .success(try await store.download(location, to: path)) } catch { result = .failure(error) }
            await client?.shutdown()
            return Downloaded(name: name, location: location, path: path, model: try result.get())
        } catch let error as PortError {
            throw Failure(error)
        }
    }

    /// The version that is named, else the newest that somebody found good, else the newest.
    private static func choose(
        _ actor: ActorProfile, _ wanted: VersionNumber?
    ) throws(Failure) -> (ModelName, S3Location) {
        if let fault = actor.fault { throw Failure(.prerequisite, "the data of \(actor.name) cannot be read: \(fault)") }
        var known: [VersionNumber: (location: S3Location, isGood: Bool)] = [:]
        for record in actor.versions where record.status == .completed {
            guard let version = record.version, let location = record.address.flatMap(S3Location.init(parsing:)) else { continue }
            known[version] = (location, record.isGood == true)
        }
        for model in actor.models {
            guard let version = model.version, let location = model.address.flatMap(S3Location.init(parsing:)) else { continue }
            known[version] = (location, model.good == true || known[version]?.isGood == true)
        }
        let names = known.keys.sorted().map(\.description).joined(separator: ", ")
        let version = wanted ?? known.filter(\.value.isGood).keys.max() ?? known.keys.max()
        guard let version else { throw Failure(.prerequisite, "\(actor.name) has no model yet") }
        guard let found = known[version] else {
            throw Failure(.prerequisite, "\(actor.name) has no model \(version); it has \(names.isEmpty ? "none" : names)")
        }
        return (ModelName(actor: actor.id, version: version), found.location)
    }

    /// S3 where a key pair is set; of a simulation its own folder, whether it runs or not.
    private func store() async throws(Failure) -> (any ModelDownloads, S3Client?) {
        if case .demo = source { return (FileModelStore(folder: URL(filePath: folder + "/simulator/models")), nil) }
        if let simulator = await SimulatorDescription.ask(base: settings.runPodBase) {
            return (FileModelStore(folder: URL(filePath: simulator.modelsDirectory)), nil)
        }
        guard let client = try settings.s3Client() else {
            throw Failure(
                .prerequisite,
                "there is no key pair for S3; set AWS_ACCESS_KEY and AWS_ACCESS_SECRET in the environment or in .env")
        }
        return (S3ModelStore(client: client) { [] }, client)
    }
}
