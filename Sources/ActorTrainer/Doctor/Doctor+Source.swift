import ActorMakerClient
import ActorMakerServer
import Foundation
import JSONText
import ObjectStorage
import RunPod
import RunPodSimulator
import SystemSurroundings
import Training
import TrainingPorts

/// What stands behind the source, as far as it can be opened, and what is found on the way.
extension Doctor {
    struct Simulated {
        let base: String
        let description: SimulatorDescription
    }

    /// A running demo is left at its pace; where none runs, one is started as the dashboard would.
    func simulator() async throws(Failure) -> Simulated? {
        var base = settings.runPodBase
        if case .demo(let scale, _, _) = source {
            base = try await DemoSimulator(demo: folder, timeScale: scale, faults: [], onlyLooks: true).ready()
        }
        guard let description = await SimulatorDescription.ask(base: base) else { return nil }
        return Simulated(base: base, description: description)
    }

    func runPod(_ simulator: Simulated?) -> RunPodClient? {
        if let simulator {
            return RunPodClient(
                base: simulator.base, endpoint: settings.runPodEndpoint ?? "simulated",
                key: settings.runPodKey ?? Secret("simulated"))
        }
        guard let key = settings.runPodKey, let endpoint = settings.runPodEndpoint else { return nil }
        return RunPodClient(base: settings.runPodBase, endpoint: endpoint, key: key)
    }

    func cast(
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
    var writable: [Finding] {
        guard case .project(let path) = source else { return [] }
        return ["data", "data/actors", "data/actor_manifests"].map { "\(path)/\($0)" }
            .filter { Folders.isFile($0) && !FileManager.default.isWritableFile(atPath: $0) }
            .map { .error("project", "\($0) cannot be written", remedy: "give yourself the right to write there") }
    }

    func template() async -> (json: JSONValue?, findings: [Finding]) {
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
    func storage(_ simulator: SimulatorDescription?, _ maker: any ActorMaker) -> (access: S3Access?, findings: [Finding]) {
        do {
            let access = try S3Access(settings, simulator: simulator, actorMaker: maker)
            guard access.images is UnseenImageStore else { return (access, []) }
            return (access, [.skipped("s3", "S3 is not looked at", remedy: OutsideReadings.noStorage)])
        } catch {
            return (nil, [.error("s3", error.message, remedy: "mend that in .env")])
        }
    }
}
