import EngineAPI
import Training
import TrainingPorts

/// The trainer's own words, the GPU and the money: asked for only while something runs, and only where RunPod's management API is known.
extension Turn {
    mutating func followTrainings() {
        guard policy.managesEndpoint, ledger.isSomethingInFlight else { return }
        if isDue(runtime.accountDue) { start(.readAccount) }
        for attempt in ledger.openAttempts where attempt.isOnWorker {
            guard let worker = attempt.observed?.worker else { continue }
            if attempt.gpu?.worker != worker, runtime.outlookIsDecided, isDue(runtime.workersDue) { start(.readWorkers) }
            follow(attempt, on: worker)
        }
    }

    private mutating func follow(_ attempt: Attempt, on worker: String) {
        if runtime.follows[attempt.id]?.worker != worker {
            guard !isUnderWay(.log(attempt.id)) else { return }
            var follow = Follow(
                worker: worker, steps: attempt.order?.parameters.maxTrainSteps ?? 0, gpu: attempt.gpu?.gpu,
                acceptedAt: attempt.acceptedAt ?? attempt.queuedAt, startedAt: attempt.startedAt, history: ledger.history,
                heardElsewhere: runtime.follows[attempt.id]?.heardUntil)
            // A warm worker's log begins with the training before; how far it was read is remembered until a restart.
            follow.last = runtime.logEnds[worker]
            runtime.follows[attempt.id] = follow
        }
        guard let follow = runtime.follows[attempt.id], !follow.isOver else { return }
        start(.followLog(attempt.id, worker: worker, after: follow.last))
    }

    mutating func accountRead(_ answer: ManagementAnswer<AccountFacts>) {
        runtime.accountDue = now + policy.surroundingsInterval
        let reading: AccountReading
        if let facts = answer.value {
            reading = AccountReading(balance: facts.balance, spendPerHour: facts.spendPerHour, asOf: now)
        } else {
            // The last good one stays, marked with its age.
            reading = AccountReading(
                balance: runtime.account?.balance, spendPerHour: runtime.account?.spendPerHour,
                asOf: runtime.account?.asOf ?? now,
                fault: answer.fault)
            if answer.fault != runtime.account?.fault { log("balance: \(answer.fault ?? "")", .warning) }
        }
        runtime.account = reading
        readings.append(.account(reading))
    }

    mutating func workersRead(_ answer: ManagementAnswer<[WorkerFacts]>) {
        runtime.workersDue = now + policy.pollInterval
        guard let workers = answer.value else {
            if answer.fault != runtime.workersFault { log("workers: \(answer.fault ?? "")", .warning) }
            runtime.workersFault = answer.fault
            return
        }
        runtime.workersFault = nil
        for attempt in ledger.openAttempts where attempt.isOnWorker && attempt.gpu?.worker != attempt.observed?.worker {
            guard let facts = workers.first(where: { $0.id == attempt.observed?.worker }) else { continue }
            let price = facts.gpu.flatMap { runtime.prices?.gpu($0)?.perHour }.map { $0 * (runtime.endpoint?.gpuCount ?? 1) }
            emit(.gpuIdentified(GPUFact(worker: facts.id, gpu: facts.gpu, perHour: price)), for: attempt.id)
            runtime.follows[attempt.id]?.estimator.gpu = facts.gpu
            if let started = facts.startedAt { runtime.follows[attempt.id]?.clock.workerStarted(at: started) }
        }
    }
}

extension Attempt {
    /// Whether RunPod says that a worker has it.
    var isOnWorker: Bool {
        guard startedAt != nil, observed?.state.isFinal == false else { return false }
        return phase.name == .training || phase.name == .cancelling
    }
}
