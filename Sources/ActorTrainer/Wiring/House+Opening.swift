import ActorMakerClient
import ActorMakerServer
import DemoProject
import EngineAPI
import Foundation
import Journal
import ObjectStorage
import Orchestration
import RunPod
import RunPodSimulator
import SystemSurroundings
import Training
import TrainingPorts

extension House {
    /// Puts a house together for a source.
    static func open(
        _ source: Source, _ options: SourceOptions, _ settings: Settings, command: String, purpose: Purpose
    ) async throws(Failure) -> House {
        let access = try StateAccess(source, in: options.stateFolder, command: command)
        let demo = demoSimulator(source, access, onlyLooks: options.readOnly || purpose == .looking)
        if case .demo(_, fresh: true, _) = source { await demo?.forget() }
        let base = try await demo?.ready() ?? settings.runPodBase
        let simulator = await SimulatorDescription.ask(base: base)
        let clock = try clock(simulator, access)
        let log = LogFile(path: access.folder + "/actor-trainer.log", least: options.leastLogged)
        LogDestination.open(log)
        let project = try projectFolder(source, access.folder, settings, clock)
        let template = try templatePath(source, access.folder, settings)
        let server = try connection(source)
        let door = try WebhookDoor(
            source, access, settings, port: options.webhookPort, isSimulated: simulator != nil, server: server)
        let description = SourceDescription(
            kind: source.kind, label: source.label, isSimulation: simulator != nil, timeScale: clock.scale,
            isReadOnly: options.readOnly, pricePerSecond: settings.pricePerSecond, budget: settings.budget)
        var policy = Policy.scaled(by: clock.scale)
        policy.pricePerSecond = settings.pricePerSecond
        policy.isPriceSet = settings.isPriceSet
        policy.isReadOnly = options.readOnly
        policy.submits = purpose == .training
        let thread = EngineThread()
        let runpod = try runPodClient(source, settings, base: base, isSimulated: simulator != nil, on: thread.group)
        let management = managementClient(
            runpod, settings, base: base, simulatedScale: simulator.map { _ in clock.scale }, on: thread)
        policy.managesEndpoint = management != nil
        policy.budget = settings.budget
        let maker = try actorMaker(project, server)
        let s3 = try S3Access(settings, simulator: simulator, actorMaker: maker)
        let surroundings = Surroundings(
            actorMaker: maker, gateway: gateway(runpod, server, demo, base: base),
            models: s3.models,
            route: door.route, templates: FileWorkflowTemplates(path: template),
            journal: access.journal, clock: clock, random: SystemRandom(), digester: SHA256Digester(),
            management: management)
        return House(
            source: description, settings: settings, access: access, project: project, surroundings: surroundings, thread: thread,
            policy: policy,
            webhook: door, runpod: runpod, management: management, s3: s3, server: server, log: log,
            preflight: Preflight(
                surroundings, OutsideReadings(management: management, store: s3.images, isSimulated: simulator != nil),
                missing: missing(source, settings, isSimulated: simulator != nil), isSimulated: simulator != nil),
            troubles: DemoTroubles(source, base: base, clock, surroundings))
    }

    /// A simulator's own clock where there is one, so that a training has the same minutes on both sides.
    private static func clock(_ simulator: SimulatorDescription?, _ access: StateAccess) throws(Failure) -> ContinuousEngineClock
    {
        let wall = ContinuousEngineClock.wall()
        let start = max(simulator?.now ?? wall.now(), try access.newestTime() ?? Timestamp(milliseconds: 0))
        return ContinuousEngineClock(startingAt: start, scale: simulator?.scale ?? 1)
    }

    private static func demoSimulator(_ source: Source, _ access: StateAccess, onlyLooks: Bool) -> DemoSimulator? {
        guard case .demo(let scale, _, let faults) = source else { return nil }
        return DemoSimulator(
            demo: access.folder, timeScale: scale, faults: faults.filter { DemoTrouble(rawValue: $0) == nil },
            onlyLooks: onlyLooks)
    }

    /// The folder that we serve; nil behind a server.
    /// - Parameter folder: the source's part of the state folder.
    static func projectFolder(
        _ source: Source, _ folder: String, _ settings: Settings, _ clock: ContinuousEngineClock
    ) throws(Failure) -> ProjectFolder? {
        do {
            switch source {
            case .server: return nil
            case .project(let path):
                return try ProjectFolder(
                    path: path, lockFile: folder + "/project.lock", region: settings.awsRegion, now: { clock.now() })
            case .demo(_, let fresh, _):
                let path = folder + "/project"
                try DemoProject.install(into: path, fresh: fresh)
                return try ProjectFolder(path: path, now: { clock.now() })
            }
        } catch let error as PortError {
            throw Failure(error)
        } catch {
            throw Failure(.prerequisite, "\(error)", cause: error)
        }
    }

    static func templatePath(_ source: Source, _ folder: String, _ settings: Settings) throws(Failure) -> String {
        let name = "/workflows/lora_training_workflow_headless.json"
        if let set = settings.workflowFile { return Folders.absolute(set) }
        switch source {
        case .project(let path): return path + name
        case .demo: return folder + "/project" + name
        case .server:
            // A server has no call for its template; the script read it from the folder it was started in.
            if Folders.isFile(Folders.current + name) { return Folders.current + name }
            do { return try DemoProject.location() + name } catch { throw Failure(.prerequisite, error.message, cause: error) }
        }
    }
}
