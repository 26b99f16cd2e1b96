public import EngineAPI
import Training
import TrainingPorts

extension TrainingOrchestrator {
    /// How many updates may wait for a subscriber before it is told to attach again.
    private static let patience = 4096

    public func attach(for interest: Interest) async -> Attachment {
        take(.attached)
        let (stream, continuation) = AsyncStream.makeStream(
            of: Update.self, bufferingPolicy: .bufferingOldest(TrainingOrchestrator.patience))
        let number = nextSubscriber
        nextSubscriber += 1
        if hasStopped { continuation.finish() } else { subscribers[number] = continuation }
        if !hasStopped { interests[number] = interest }
        // The stream's end reaches us on some thread; the subscriber is dropped at the next update that it does not take.
        let now = surroundings.clock.now()
        arm(after: now)
        return Attachment(snapshot: snapshot(at: now), updates: stream)
    }

    private func snapshot(at now: Timestamp) -> Snapshot {
        var snapshot = Snapshot(
            now: now, ledger: core.ledger, source: source, cast: core.runtime.cast, health: core.runtime.health,
            route: core.runtime.route, progress: core.runtime.progress, checks: core.runtime.checks, recentEvents: recentEvents,
            recentLines: recentLines, sinceSequence: sinceSequence)
        snapshot.account = core.runtime.account
        snapshot.prices = core.runtime.outlook ?? (core.policy.managesEndpoint ? nil : core.policy.outlook)
        snapshot.journalFault = core.journalFault
        return snapshot
    }

    func publish(_ records: [EventRecord]) {
        recentEvents.append(contentsOf: records)
        recentEvents.removeFirst(max(0, recentEvents.count - TrainingOrchestrator.memory))
        for record in records { send(.fact(record)) }
    }

    func publish(_ readings: [Reading]) {
        for reading in readings {
            if case .log(let line) = reading { recentLines.append(line) }
            send(.reading(reading))
        }
        recentLines.removeFirst(max(0, recentLines.count - TrainingOrchestrator.memory))
    }

    private func send(_ update: Update) {
        // In their order, so that a simulation replays.
        for (number, subscriber) in subscribers.sorted(by: { $0.key < $1.key }) {
            guard interests[number]?.covers(update) != false else { continue }
            switch subscriber.yield(update) {
            case .enqueued(let remaining) where remaining > 1: break
            case .enqueued, .dropped:
                // A fact must not be missing in the middle: better an end that says so, in the last place that is free.
                subscriber.yield(.lagged)
                subscriber.finish()
                drop(number)
            case .terminated: drop(number)
            @unknown default: drop(number)
            }
        }
    }

    private func drop(_ subscriber: Int) {
        subscribers[subscriber] = nil
        interests[subscriber] = nil
    }
}

extension TrainingOrchestrator {
    /// Returns when the attempt is not being prepared or submitted any more, or the engine ends.
    func settled(_ id: AttemptID) async {
        guard !hasStopped, isUnsettled(id) else { return }
        await withCheckedContinuation { waiters[id, default: []].append($0) }
    }

    func wakeWaiters() {
        for id in waiters.keys.sorted() where !isUnsettled(id) { waiters.removeValue(forKey: id)?.forEach { $0.resume() } }
    }

    private func isUnsettled(_ id: AttemptID) -> Bool {
        [.preparing, .submitting].contains(core.ledger[id]?.phase.name)
    }
}
