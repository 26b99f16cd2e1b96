import JSONText
import Synchronization
import Training
import TrainingPorts

extension TrainingOrchestrator {
    /// How long after its record a request may still leave, in real seconds: the computer may have slept in between.
    private static let lease = 20.0
    /// How long a submission may go on after a quit, in real seconds.
    private static let patience = 5.0

    /// Sends an order once. A submission that is on its way is not cut off by a quit: it has some seconds to get its answer, or it is
    /// uncertain. One that has not left by then does not leave.
    nonisolated func submit(_ order: Order, decidedAt time: Timestamp) async -> SubmissionAnswer {
        guard !Task.isCancelled else { return .unsent(TrainingOrchestrator.endedBeforeSending) }
        guard surroundings.clock.now() - time < realSeconds(TrainingOrchestrator.lease) else {
            return .unsent("the computer slept between the record and the request")
        }
        // In a task of its own, which this function owns and awaits: it must outlive the cancellation of the engine's run.
        let submission = Task(executorPreference: executors.tasks) { await self.send(order) }
        let patience = Mutex<Task<Void, Never>?>(nil)
        let answer = await withTaskCancellationHandler {
            await submission.value
        } onCancel: {
            patience.withLock { task in
                task = Task(executorPreference: executors.tasks) {
                    let end = self.surroundings.clock.now() + self.realSeconds(TrainingOrchestrator.patience)
                    await self.surroundings.clock.sleep(until: end)
                    if !Task.isCancelled { submission.cancel() }
                }
            }
        }
        patience.withLock { $0?.cancel() }
        return answer
    }

    private nonisolated func realSeconds(_ seconds: Double) -> Seconds { Seconds(seconds * surroundings.clock.scale) }

    /// Read where the journal is written, so that no other thread stands behind a commit that syncs.
    private func payload(_ digest: String) throws(PortError) -> [UInt8]? { try surroundings.journal.payload(digest) }

    /// Sends the stored bytes, with the webhook's address that is not stored because it holds a secret.
    private nonisolated func send(_ order: Order) async -> SubmissionAnswer {
        var request: JSONValue
        do {
            guard let bytes = try await payload(order.payloadDigest) else {
                return .unsent("the stored request is missing from the journal")
            }
            request = try JSONValue(parsing: bytes)
        } catch {
            return .unsent("the stored request cannot be read: \(error)")
        }
        if let address = await surroundings.route.address(for: order.request) { request["webhook"] = .string(address) }
        return await surroundings.gateway.submit(request)
    }
}
