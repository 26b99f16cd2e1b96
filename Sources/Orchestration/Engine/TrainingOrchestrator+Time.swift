import EngineAPI
import Training
import TrainingPorts

extension TrainingOrchestrator {
    func carryOut(_ chore: Chore) async {
        switch chore {
        case .perform(let effect, let time): take(await result(of: effect, since: time))
        case .wake(let time):
            await surroundings.clock.sleep(until: time)
            guard !Task.isCancelled else { return }
            woken(from: time)
        case .tick: await tick()
        }
    }

    /// Sees to it that somebody sleeps until the core's next deadline. A sleeper that has become too late is left alone: when it wakes,
    /// nothing is due and it ends.
    func arm(after now: Timestamp) {
        if let deadline = core.deadline(after: now), armed.map({ deadline < $0 }) ?? true {
            armed = deadline
            chores.yield(.wake(at: deadline))
        }
        if !isTicking, hasClock {
            isTicking = true
            chores.yield(.tick)
        }
    }

    private func woken(from time: Timestamp) {
        if armed == time { armed = nil }
        take(.time)
    }

    /// The screen's clock runs only while a training does: with nothing open there is no clock and no wake-up.
    private var hasClock: Bool {
        interests.values.contains(.everything) && core.ledger.openAttempts.contains { $0.phase.isInFlight }
    }

    private func tick() async {
        while !Task.isCancelled, hasClock {
            await surroundings.clock.sleep(until: surroundings.clock.now() + Seconds(surroundings.clock.scale))
            publish([.tick(surroundings.clock.now())])
        }
        isTicking = false
    }
}
