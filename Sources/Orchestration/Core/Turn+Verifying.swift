import Training
import TrainingPorts

extension Turn {
    /// Looks for the model when it is due: of a job that RunPod calls completed, or has forgotten.
    mutating func lookForModel(of attempt: Attempt) {
        guard let order = attempt.order, isDue(runtime[watch: attempt.id].modelDue) else { return }
        start(.findModel(attempt.id, order.model, address: runtime[watch: attempt.id].address))
    }

    /// Looks for what an uncertain submission may have left behind. Its model proves that it ran; its absence proves nothing before
    /// RunPod's own limits are over.
    mutating func lookForTraces(of attempt: Attempt) {
        guard let order = attempt.order else { return }
        if let sent = attempt.submittedAt, now - sent > order.expectation.uncertaintyHorizon,
            runtime[watch: attempt.id].modelLooks > 0
        {
            end(
                attempt.id, .lost,
                reason: "no answer, no webhook and no model until RunPod must have dropped it; it may be submitted again")
            return
        }
        lookForModel(of: attempt)
    }

    mutating func modelFound(_ id: AttemptID, _ finding: ModelFinding) {
        guard let attempt = ledger[id] else { return }
        runtime[watch: id].modelLooks += 1
        runtime[watch: id].modelDue = now + policy.modelInterval
        if case .present(let stored) = finding { runtime[watch: id].stored = stored }
        switch attempt.phase {
        case .verifying: verify(attempt, finding)
        case .waiting, .training, .cancelling: judgeForgotten(attempt, finding)
        case .uncertain:
            runtime[watch: id].modelDue = now + policy.surroundingsInterval
            if case .present(let stored) = finding { end(id, .completed, reason: nil, model: stored.location.description) }
        case .done: settleModel(of: id, finding)
        case .queued, .preparing, .submitting: break
        }
    }

    private mutating func verify(_ attempt: Attempt, _ finding: ModelFinding) {
        let id = attempt.id
        let watch = runtime[watch: id]
        switch finding {
        case .present(let stored): end(id, .completed, model: stored.location.description)
        case .broken(let fault): end(id, .failed, reason: "the model is damaged: \(fault)")
        case .absent:
            guard watch.modelLooks >= policy.modelLooks else { return }
            end(id, .failed, reason: "RunPod says COMPLETED, but no model \(attempt.order?.model.fileName ?? "") is in the store")
        case .unreachable(let fault):
            runtime[watch: id].modelDue = now + policy.pause(afterFailures: watch.modelLooks)
            log("the model could not be looked for: \(fault)", .warning, for: id)
        case .notChecked:
            if let address = watch.address {
                end(id, .completed, model: S3Location(parsing: address)?.description ?? address)
            } else {
                end(id, .failed, reason: "RunPod says COMPLETED and names no model")
            }
        }
    }

    /// RunPod has forgotten the job (its results live 30 minutes): what it left behind decides.
    private mutating func judgeForgotten(_ attempt: Attempt, _ finding: ModelFinding) {
        let id = attempt.id
        guard runtime[watch: id].isGone else { return }
        switch finding {
        case .present(let stored): end(id, .completed, reason: nil, model: stored.location.description)
        case .broken(let fault): end(id, .failed, reason: "the model is damaged: \(fault)")
        case .absent, .notChecked:
            guard runtime[watch: id].modelLooks >= policy.modelLooks || finding == .notChecked else { return }
            if attempt.cancelRequestedAt != nil {
                end(id, .cancelled, reason: "RunPod knows it no longer, and it left no model")
            } else {
                end(id, .lost, reason: "RunPod knows it no longer, and no model is there")
            }
        case .unreachable(let fault):
            runtime[watch: id].modelDue = now + policy.pause(afterFailures: runtime[watch: id].modelLooks)
            log("the model could not be looked for: \(fault)", .warning, for: id)
        }
    }
}
