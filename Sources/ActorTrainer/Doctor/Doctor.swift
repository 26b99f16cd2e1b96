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
            runpod, settings, base: simulator?.base ?? settings.runPodBase, simulatedScale: simulator?.description.scale)
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
            let found = await Buckets(store: readings.store).examine(await examined(actors, cast.actors, maker))
            readings.closed = found.closed
            tell(found.findings.told(ofSimulation: simulator != nil))
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

    /// Whose buckets are opened: those of the named actors' images, else of all, and of all models. Of who is named it is asked where
    /// the images lie, when the list of actors does not tell; of everybody else that would be a call for each.
    private func examined(_ named: [ActorID], _ cast: [ActorProfile], _ maker: any ActorMaker) async -> [ActorProfile] {
        guard !named.isEmpty else { return cast }
        var examined = cast
        for index in examined.indices {
            let actor = examined[index]
            if !named.contains(actor.id) {
                (examined[index].firstImages, examined[index].images) = ([], ImageCount())
            } else if actor.firstImages.isEmpty, actor.images.onS3 > 0, let data = try? await maker.trainingData(of: actor.id) {
                examined[index].firstImages = data.images.firstOfEachBucket
            }
        }
        return examined
    }
}
