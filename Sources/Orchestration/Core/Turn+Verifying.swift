import EngineAPI
import Training
import TrainingPorts

extension Turn {
    /// Looks for the model when it is due: of a job that RunPod calls completed or has forgotten, or of an uncertain submission. Its
    /// model proves that it ran; its absence proves nothing before RunPod's own limits are over.
    mutating func lookForModel(of attempt: Attempt) {
        guard let model = attempt.model, isDue(runtime[watch: attempt.id].modelDue) else { return }
        start(.findModel(attempt.id, model, address: claimedAddress(of: attempt)))
    }

    private func claimedAddress(of attempt: Attempt) -> String? {
        runtime[watch: attempt.id].address ?? attempt.observed?.address ?? attempt.webhook?.address
    }

    mutating func modelFound(_ id: AttemptID, _ finding: ModelFinding) {
        guard let attempt = ledger[id] else { return }
        noteLook(id, finding)
        switch attempt.phase {
        case .verifying:
            if let verdict = attempt.verdict { judge(attempt, verdict, finding) } else { verify(attempt, finding) }
        case .waiting, .training, .cancelling: if runtime[watch: id].isGone { judgeForgotten(attempt, finding) }
        case .uncertain: judgeTraces(of: attempt, finding)
        case .done: settleModel(of: id, finding)
        case .queued, .preparing, .submitting: break
        }
    }

    private mutating func noteLook(_ id: AttemptID, _ finding: ModelFinding) {
        if case .unreachable(let fault) = finding {
            runtime[watch: id].modelFailures += 1
            runtime[watch: id].modelDue = now + policy.pause(afterFailures: runtime[watch: id].modelFailures)
            log("the model could not be looked for: \(fault)", .warning, for: id)
            return
        }
        runtime[watch: id].modelFailures = 0
        runtime[watch: id].modelLooks += 1
        runtime[watch: id].modelDue = now + policy.modelInterval
        if case .present(let stored) = finding { runtime[watch: id].stored = stored }
    }

    /// Begins to look anew: what was looked for before, for another reason, does not count.
    mutating func beginLooking(for id: AttemptID) {
        runtime[watch: id].modelLooks = 0
        runtime[watch: id].modelFailures = 0
        runtime[watch: id].modelDue = nil
    }

    /// One answered look decides whether a failed training has left its model all the same. Where the store does not answer, the failure
    /// stands after some tries, and nothing is paid again by itself.
    private mutating func judge(_ attempt: Attempt, _ verdict: Ending, _ finding: ModelFinding) {
        switch finding {
        case .present(let stored): end(attempt.id, .completed, model: stored.location.description)
        case .unreachable where runtime[watch: attempt.id].modelFailures < policy.modelLooks: break
        case .absent, .broken, .notChecked, .unreachable: end(attempt.id, verdict.outcome, reason: verdict.reason)
        }
    }

    private mutating func verify(_ attempt: Attempt, _ finding: ModelFinding) {
        let id = attempt.id
        let isLastLook = runtime[watch: id].modelLooks >= policy.modelLooks
        switch finding {
        case .present(let stored):
            if let fault = attempt.order.flatMap({ stored.contradiction(to: $0.parameters) }) {
                end(id, .failed, reason: "the model is not what was ordered: \(fault)")
            } else {
                end(id, .completed, model: stored.location.description)
            }
        case .broken(let fault):
            if isLastLook { end(id, .failed, reason: "the model is damaged: \(fault)") }
        case .absent:
            guard isLastLook else { return }
            end(id, .failed, reason: "RunPod says COMPLETED, but no model \(attempt.model?.fileName ?? "") is in the store")
        case .unreachable: break
        case .notChecked: believe(attempt, address: claimedAddress(of: attempt))
        }
    }

    /// Nobody can look for the model: RunPod's word has to do.
    mutating func believe(_ attempt: Attempt, address: String?) {
        if let address {
            end(attempt.id, .completed, model: S3Location(parsing: address)?.description ?? address.withoutQuery)
        } else {
            end(attempt.id, .failed, reason: "RunPod says COMPLETED and names no model")
        }
    }

    /// RunPod has forgotten the job (its results live 30 minutes): what it left behind decides.
    private mutating func judgeForgotten(_ attempt: Attempt, _ finding: ModelFinding) {
        let id = attempt.id
        let isLastLook = runtime[watch: id].modelLooks >= policy.modelLooks
        switch finding {
        case .present(let stored): end(id, .completed, model: stored.location.description)
        case .broken(let fault):
            if isLastLook { end(id, .failed, reason: "the model is damaged: \(fault)") }
        case .absent:
            guard isLastLook else { return }
            // The message on the attempt's own secret path is the only word on its end that there will ever be.
            if let (outcome, words) = attempt.webhook?.badEnd {
                end(id, outcome, reason: "RunPod's webhook said \(words); it knows the job no longer, and no model is there")
            } else {
                forget(attempt, "no model is there")
            }
        case .notChecked:
            // Nobody can look for the model; a list that others write, or the message that RunPod sent, may know its end all the same.
            if let address = listedModel(of: attempt) ?? deliveredModel(of: attempt) {
                believe(attempt, address: address)
            } else if isLastLook {
                forget(attempt, "nobody can look for its model: there is no access to the model store")
            } else {
                start(.readCast)
            }
        case .unreachable: break
        }
    }

    /// The model's address where the actor's versions say that this job has completed.
    private func listedModel(of attempt: Attempt) -> String? {
        guard let runpod = attempt.runpod else { return nil }
        let versions = runtime.cast.actors.first { $0.id == attempt.actor }?.versions ?? []
        return versions.first { $0.status == .completed && runpod.names(theSameJobAs: RunPodID($0.id)) }?.address
    }

    /// The model's address in a webhook that came on the attempt's own secret path. It could not be confirmed any more.
    private func deliveredModel(of attempt: Attempt) -> String? {
        attempt.webhook?.state == .completed ? attempt.webhook?.address : nil
    }

    mutating func forget(_ attempt: Attempt, _ model: String) {
        let outcome = attempt.cancelRequestedAt == nil ? Outcome.lost : .cancelled
        end(attempt.id, outcome, reason: "RunPod knows it no longer, and \(model)")
    }

    /// The horizon begins when nothing could be sending any more, which is when the doubt was recorded: between record and request the
    /// computer may have slept for hours. And only a look after it counts.
    private mutating func judgeTraces(of attempt: Attempt, _ finding: ModelFinding) {
        let id = attempt.id
        if case .unreachable = finding { return }
        runtime[watch: id].modelDue = now + policy.surroundingsInterval
        if case .present(let stored) = finding {
            end(id, .completed, model: stored.location.description)
            return
        }
        let begin = max(attempt.phase.since, attempt.submittedAt ?? attempt.phase.since)
        guard let order = attempt.order, now - begin > order.expectation.uncertaintyHorizon else { return }
        if case .broken(let fault) = finding {
            end(id, .failed, reason: "no answer, and a damaged model: \(fault)")
        } else {
            end(
                id, .lost,
                reason: "no answer, no webhook and no model until RunPod must have dropped it; it may be submitted again")
        }
    }
}

extension WebhookNews {
    /// The end without a model that it tells of, and in which words.
    fileprivate var badEnd: (outcome: Outcome, words: String)? {
        guard let state else { return nil }
        let words = error.map { "\(state): \($0)" } ?? state.description
        return switch state {
        case .failed: (.failed, words)
        case .timedOut: (.timedOut, words)
        case .cancelled: (.cancelled, words)
        case .inQueue, .inProgress, .completed, .gone, .unknown: nil
        }
    }
}

extension String {
    /// An address without what follows a `?` or `#`: there a presigned one keeps its secret.
    var withoutQuery: String { String(prefix { $0 != "?" && $0 != "#" }) }
}
