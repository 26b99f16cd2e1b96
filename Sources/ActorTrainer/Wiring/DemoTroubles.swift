import EngineAPI
import Foundation
import JSONText
import Orchestration
import RunPodSimulator
import SystemSurroundings
import Training
import TrainingPorts

/// Carries out what `--fault` orders around the demo, once each, as others would do it: past the engine, by the same ways as they.
struct DemoTroubles: Sendable {
    let ordered: [DemoTrouble]
    let clock: ContinuousEngineClock
    /// The simulator's address, as `SimulatorFinder` takes it.
    let simulator: String
    let surroundings: Surroundings

    /// - Returns: nil where the source is not the demo, or nothing of this kind was ordered.
    init?(_ source: Source, base: String, _ clock: ContinuousEngineClock, _ surroundings: Surroundings) {
        guard case .demo(_, _, let faults) = source, let url = URL(string: base)?.deletingLastPathComponent() else { return nil }
        ordered = faults.compactMap(DemoTrouble.init(rawValue:))
        if ordered.isEmpty { return nil }
        self.clock = clock
        self.surroundings = surroundings
        // `http://HOST:PORT/v2` without its last part.
        simulator = url.absoluteString.hasSuffix("/") ? String(url.absoluteString.dropLast()) : url.absoluteString
    }

    static let sleep = Seconds.hours(3)
    static let before = Seconds.minutes(10)

    /// Ends when all of them have happened, or its task is cancelled.
    func run(_ engine: TrainingOrchestrator) async {
        await withTaskGroup { group in
            for trouble in ordered {
                group.addTask {
                    switch trouble {
                    case .foreignStart: await startElsewhere(engine)
                    case .asleep: await fallAsleep(engine)
                    }
                }
            }
        }
    }

    private func fallAsleep(_ engine: TrainingOrchestrator) async {
        guard await wait(for: engine, until: { if case .training = $0.phase { true } else { false } }) else { return }
        await clock.sleep(until: clock.now() + DemoTroubles.before)
        guard !Task.isCancelled else { return }
        _ = await SimulatorFinder.skip(simulator, seconds: DemoTroubles.sleep.inSeconds)
        clock.leap(by: DemoTroubles.sleep)
        await engine.note("--fault asleep: the computer slept for three hours, and RunPod went on", .warning)
    }

    private func startElsewhere(_ engine: TrainingOrchestrator) async {
        guard await wait(for: engine, until: { $0.runpod != nil }) else { return }
        do throws(PortError) {
            let ledger = await engine.attach(for: .events).snapshot.ledger
            let actors = try await surroundings.actorMaker.cast().actors
            guard let actor = actors.last(where: { Eligibility.judge($0, in: ledger).isEligible && $0.versions.isEmpty }) else {
                return await engine.note("--fault foreign-start: nobody is left whom a page could train", .warning)
            }
            try await start(actor, engine)
        } catch {
            await engine.note("--fault foreign-start: \(error.message)", .warning)
        }
    }

    /// As the page does: submits without a request id of ours, and saves the version itself.
    private func start(_ actor: ActorProfile, _ engine: TrainingOrchestrator) async throws(PortError) {
        let data = try await surroundings.actorMaker.trainingData(of: actor.id)
        let images = data.images.compactMap(\.address)
        let parameters = TrainingParameters.preset(images: images.count, triggerToken: actor.name)
        let model = ModelName(actor: actor.id, version: VersionNumber(1))
        let expectation = Expectation(steps: parameters.maxTrainSteps, pricePerSecond: nil)
        let request: JSONValue = [
            "input": [
                "workflow": try await surroundings.templates.template(),
                "training_config": ["mode": "custom-actors", "model_name": .string(model.description)],
                "training_data": ["s3_urls": .array(images.map { .string($0) })],
            ],
            "policy": [
                "executionTimeout": .integer(expectation.executionTimeout.milliseconds),
                "ttl": .integer(expectation.timeToLive.milliseconds),
            ],
        ]
        guard case .accepted(let job, _) = await surroundings.gateway.submit(request) else {
            return await engine.note("--fault foreign-start: RunPod did not take the page's training", .warning)
        }
        let version = VersionEntry(
            id: job.rawValue, version: model.version, description: "Started by a page", timestamp: clock.now(),
            parameters: parameters,
            imageCount: images.count, state: .pending)
        try await surroundings.actorMaker.save(version, of: actor.id)
    }

    /// - Returns: false where the engine ended before.
    private func wait(for engine: TrainingOrchestrator, until holds: @Sendable (Attempt) -> Bool) async -> Bool {
        while !Task.isCancelled {
            let attached = await engine.attach(for: .events)
            var ledger = attached.snapshot.ledger
            if ledger.openAttempts.contains(where: holds) { return true }
            updates: for await update in attached.updates {
                switch update {
                case .lagged: break updates
                case .reading: continue
                case .fact(let record): ledger.apply(record)
                }
                if ledger.openAttempts.contains(where: holds) { return true }
            }
        }
        return false
    }
}
