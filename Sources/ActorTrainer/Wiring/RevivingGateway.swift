import JSONText
import Training
import TrainingPorts

/// The simulated RunPod as the demo asks it: where it has ended while the demo lives, it is started again and asked once more.
struct RevivingGateway: TrainingGateway {
    let own: any TrainingGateway
    /// Starts it where it has ended; whether it has done so. False where it runs: what failed has another reason then.
    let revive: @Sendable () async -> Bool

    var endpoint: String { own.endpoint }
    var carriesLimits: Bool { own.carriesLimits }

    func submit(_ request: JSONValue) async -> SubmissionAnswer {
        let answer = await own.submit(request)
        // Not one byte has left, so that this is no second order.
        guard case .unsent = answer, await revive() else { return answer }
        return await own.submit(request)
    }

    func status(of job: RunPodID, at endpoint: String?) async -> StatusAnswer {
        let answer = await own.status(of: job, at: endpoint)
        guard case .failed = answer, await revive() else { return answer }
        return await own.status(of: job, at: endpoint)
    }

    func cancel(_ job: RunPodID, at endpoint: String?) async -> CancelAnswer {
        let answer = await own.cancel(job, at: endpoint)
        guard case .failed = answer, await revive() else { return answer }
        return await own.cancel(job, at: endpoint)
    }

    func health() async -> HealthAnswer {
        let answer = await own.health()
        guard case .failed = answer, await revive() else { return answer }
        return await own.health()
    }
}
