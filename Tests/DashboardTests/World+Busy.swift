import EngineAPI
import Training

@testable import Dashboard

extension World {
    /// A cast in most states, one training running, one queued, one uncertain and one failed.
    static var busy: World {
        var world = World()
        world.actors += [
            .make(6, "0006_european_20_female", images: 19, models: [.make(6, 7, good: true)]),
            .make(8, "0008_asian_41_female", approved: false, images: 0),
            .make(9, "0009_african_33_male", images: 3),
            .make(19, "0019_european_20_female", images: 23),
            .make(20, "0020_latin_27_male", images: 40, synced: 38),
            .make(31, "0031_asian_22_male", images: 12),
            .make(42, "0042_european_55_male", images: 30),
        ]
        world.train(1, actor: 19, version: 8)
        world.pass(minutes: 20)
        world.happen(.statusObserved(RunPodObservation(state: .failed, executionTime: 1_200_000)), job: 1)
        world.end(1, .failed, reason: "CUDA out of memory")
        world.train(2, actor: 31)
        world.pass(minutes: 12)
        world.progress[AttemptID(job: JobID(2), number: 1)] = ProgressReading(
            progress: TrainingProgress(step: 900, steps: 2000), asOf: world.now, rate: 1.3)
        world.checks[AttemptID(job: JobID(2), number: 1)] = CheckReading(asOf: world.now)
        world.queue(3, actor: 42)
        world.submit(3, actor: 42)
        world.happen(.submissionUncertain(Doubt(reason: "no answer in 30 s")), job: 3)
        world.queue(4, actor: 9)
        world.health = HealthReading(health: EndpointHealth(inQueue: 1, inProgress: 2, running: 2), asOf: world.now)
        world.route = RouteReading(state: .up, detail: "https://example.invalid", asOf: world.now)
        return world
    }
}
