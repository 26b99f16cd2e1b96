import Training
import TrainingPorts

extension TrainingOrchestrator {
    /// Follows a worker's log for as long as the attempt is on it: a warm worker goes on with another job's lines.
    nonisolated func follow(_ id: AttemptID, _ worker: String, after last: String?) async -> LogEnd {
        guard let management = surroundings.management else { return .gone }
        let leaving = await leaving(id, worker)
        return await withTaskGroup(of: LogEnd.self) { group in
            group.addTask {
                await management.followLog(of: worker, after: last) { lines in _ = await self.take(.logLines(id, lines)) }
            }
            group.addTask {
                for await _ in leaving {}
                return .cancelled
            }
            let end = await group.next() ?? .cancelled
            group.cancelAll()
            return end
        }
    }

    /// A stream that ends when the attempt is not on that worker any more.
    private func leaving(_ id: AttemptID, _ worker: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        followers[id]?.end.finish()
        followers[id] = Follower(worker: worker, end: continuation)
        dismissFollowers()
        return stream
    }

    func dismissFollowers() {
        for (id, follower) in followers where !isOn(follower.worker, id) { followers.removeValue(forKey: id)?.end.finish() }
    }

    private func isOn(_ worker: String, _ id: AttemptID) -> Bool {
        guard !hasStopped, let attempt = core.ledger[id], attempt.isOnWorker else { return false }
        return attempt.observed?.worker == worker
    }

    /// Somebody reads a worker's log.
    struct Follower {
        let worker: String
        let end: AsyncStream<Void>.Continuation
    }

    nonisolated func managed<Value>(
        _ ask: (any EndpointManagement) async -> ManagementAnswer<Value>
    ) async -> ManagementAnswer<Value> {
        guard let management = surroundings.management else { return .failed("RunPod's management API is not set up") }
        return await ask(management)
    }
}
