import ActorMakerClient
import ActorMakerServer
import Foundation
import JSONText
import ObjectStorage
import Orchestration
import RunPod
import RunPodSimulator
import SystemSurroundings
import Training
import TrainingPorts

/// Examines every prerequisite of a source, one after the other, and says each as soon as it is known. It changes nothing, and it works
/// beside the program that has the trainings.
struct Doctor {
    let options: SourceOptions
    let settings: Settings
    let source: Source
    /// The source's part of the state folder.
    let folder: String
    /// Nil where another program has it: its journal is not opened then.
    let access: StateAccess?
    let say: @Sendable (Finding) -> Void

    /// - Returns: all that was found.
    func examine(_ actors: [ActorID]) async throws(Failure) -> [Finding] {
        var all: [Finding] = []
        func tell(_ findings: [Finding]) {
            findings.forEach(say)
            all += findings
        }
        let simulator = try await simulator()
        tell(simulator.map { [.ok("simulation", "RunPod is a simulator on this machine, at \($0.base); nothing is paid")] } ?? [])
        let server = try House.connection(source)
        let runpod = runPod(simulator)
        let gateway = House.gateway(runpod, server)
        let cast = await cast(server)
        tell(cast.findings)
        let template = await template()
        tell(template.findings)
        let missing = House.missing(source, settings, isSimulated: simulator != nil)
        let management = House.managementClient(
            runpod, settings, base: simulator?.base ?? settings.runPodBase, isSimulated: simulator != nil)
        let s3 = cast.maker.map { maker in storage(simulator?.description, maker) }
        var readings = OutsideReadings(
            management: management, store: s3?.access?.images ?? UnseenImageStore(), isSimulated: simulator != nil)
        let wanted = expectations(of: actors, cast.actors)
        tell(
            await Preflight.endpoint(
                gateway, readings, missing: missing, isSimulated: simulator != nil,
                longest: wanted.max { $0.duration < $1.duration }, cost: Preflight.cost(of: wanted)))
        tell(await purse(management, runpod?.endpoint, simulator?.description.now).findings())
        tell(s3?.findings ?? [])
        if let maker = cast.maker, !(readings.store is UnseenImageStore) {
            let buckets = Buckets(store: readings.store, maker: maker, actors: sample(actors, cast.actors))
            let found = await buckets.examine(cast.actors)
            readings.closed = found.closed
            tell(found.findings)
        }
        tell([await Webhook(doctor: self, isSimulated: simulator != nil, server: server).finding()])
        if let maker = cast.maker {
            let ward = Ward(maker: maker, readings: readings, template: template.json, said: template.findings, access: access)
            for actor in actors { tell(await ward.findings(actor, cast.actors)) }
        }
        await management?.shutdown()
        await s3?.access?.client?.shutdown()
        await runpod?.shutdown()
        await server?.shutdown()
        return all
    }

    /// What the named actors' trainings would take; of one long training where nobody is named.
    private func expectations(of actors: [ActorID], _ cast: [ActorProfile]) -> [Expectation] {
        let counts = cast.filter { actors.contains($0.id) }.map(\.images.onS3)
        return (counts.isEmpty ? [.max] : counts).map { count in
            let steps = TrainingParameters.preset(images: count, triggerToken: "").maxTrainSteps
            return Expectation(steps: steps, pricePerSecond: settings.pricePerSecond)
        }
    }

    /// Those whose images show in which buckets images lie: the named ones; else all, but of a server, which is asked for each of them,
    /// the first eight.
    private func sample(_ actors: [ActorID], _ cast: [ActorProfile]) -> [ActorID] {
        guard actors.isEmpty else { return actors }
        let some = cast.filter { $0.images.onS3 > 0 }.map(\.id)
        if case .server = source { return Array(some.prefix(8)) }
        return some
    }

    struct Simulated {
        let base: String
        let description: SimulatorDescription
    }

    /// A running demo is left at its pace; where none runs, one is started as the dashboard would.
    private func simulator() async throws(Failure) -> Simulated? {
        var base = settings.runPodBase
        if case .demo(let scale, _, _) = source {
            let place = folder + "/simulator"
            if let found = await SimulatorFinder(stateDirectory: URL(filePath: place)).find() {
                base = found.address.base
            } else {
                base = try await DemoSimulator(folder: place, timeScale: scale, faults: []).ready()
            }
        }
        guard let description = await SimulatorDescription.ask(base: base) else { return nil }
        return Simulated(base: base, description: description)
    }

    private func runPod(_ simulator: Simulated?) -> RunPodClient? {
        if let simulator {
            return RunPodClient(
                base: simulator.base, endpoint: settings.runPodEndpoint ?? "simulated",
                key: settings.runPodKey ?? Secret("simulated"))
        }
        guard let key = settings.runPodKey, let endpoint = settings.runPodEndpoint else { return nil }
        return RunPodClient(base: settings.runPodBase, endpoint: endpoint, key: key)
    }

    private func cast(
        _ server: ServerConnection?
    ) async -> (maker: (any ActorMaker)?, actors: [ActorProfile], findings: [Finding]) {
        let code = server == nil ? "project" : "server"
        do {
            let maker: any ActorMaker
            if let server {
                maker = ActorMakerClient(connection: server)
            } else {
                let clock = ContinuousEngineClock.wall()
                guard let project = try House.projectFolder(source, folder, settings, clock) else { return (nil, [], []) }
                maker = project
            }
            let cast = try await maker.cast()
            let faults = cast.actors.filter { $0.fault != nil }
            var findings: [Finding] = [.ok(code, "\(source.label): \(cast.actors.count) actors")]
            if let first = faults.first {
                let more = faults.count > 1 ? ", and \(faults.count - 1) more" : ""
                findings.append(
                    .warning(
                        code, "the data of \(first.name) cannot be read: \(first.fault ?? "")\(more)", remedy: "mend these files")
                )
            }
            return (maker, cast.actors, findings + writable)
        } catch {
            let remedy = server == nil ? "mend or restore it" : "start the server, or give its address with --server"
            return (nil, [], [.error(code, "\(error)", remedy: remedy)])
        }
    }

    /// A project that cannot be written would be paid for and never hear of its models.
    private var writable: [Finding] {
        guard case .project(let path) = source else { return [] }
        return ["data", "data/actors", "data/actor_manifests"].map { "\(path)/\($0)" }
            .filter { Folders.isFile($0) && !FileManager.default.isWritableFile(atPath: $0) }
            .map { .error("project", "\($0) cannot be written", remedy: "give yourself the right to write there") }
    }

    private func template() async -> (json: JSONValue?, findings: [Finding]) {
        do {
            let path = try House.templatePath(source, folder, settings)
            let json = try await FileWorkflowTemplates(path: path).template()
            // Twenty images stand for any actor: the table's rows differ in numbers that are all in range.
            let found = Workflow.check(template: json, with: .preset(images: 20, triggerToken: "0000_somebody"))
            return (json, found.objections.isEmpty ? [.ok("workflow", "\(path) keeps its node classes' rules")] + found : found)
        } catch let error as PortError {
            return (nil, [Preflight.unreadableTemplate(error)])
        } catch {
            return (nil, [.error("workflow.file", "\(error)", remedy: "name the template with ACTOR_TRAINER_WORKFLOW")])
        }
    }

    /// The key pair.
    private func storage(_ simulator: SimulatorDescription?, _ maker: any ActorMaker) -> (access: S3Access?, findings: [Finding])
    {
        do {
            let access = try S3Access(settings, simulator: simulator, actorMaker: maker)
            guard access.images is UnseenImageStore else { return (access, []) }
            return (access, [.skipped("s3", "S3 is not looked at", remedy: OutsideReadings.noStorage)])
        } catch {
            return (nil, [.error("s3", error.message, remedy: "mend that in .env")])
        }
    }
}
