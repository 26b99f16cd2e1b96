import EngineAPI
import Training

@testable import Orchestration

/// Looks at the engine for a while, as a dashboard does; what was told must add up to what is.
func look(at engine: TrainingOrchestrator, until time: Timestamp, _ ports: SimulatedPorts) async {
    let attachment = await engine.attach()
    await withDiscardingTaskGroup { group in
        group.addTask {
            var snapshot = attachment.snapshot
            for await update in attachment.updates { snapshot.take(update) }
            guard !Task.isCancelled else { return }
            let ledger = await engine.core.ledger
            ports.world.with { world in
                if world.isAlive(ports.process), snapshot.ledger != ledger {
                    world.violate("a subscriber was told something else")
                }
                world.count("a subscriber saw the end")
            }
        }
        await ports.sleep(until: time)
        group.cancelAll()
    }
}
