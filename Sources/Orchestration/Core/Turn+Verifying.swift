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

    func claimedAddress(of attempt: Attempt) -> String? {
        runtime[watch: attempt.id].address ?? attempt.observed?.address ?? attempt.webhook?.address
    }

    mutating func modelFound(_ id: AttemptID, _ finding: ModelFinding) {
        guard let attempt = ledger[id] else { return }
        noteLook(attempt, finding)
        noteOlder(finding, than: attempt)
        let evidence = ModelEvidence(finding, for: attempt)
        if case .asOrdered(let stored) = evidence { runtime[watch: id].stored = stored }
        switch attempt.phase {
        case .verifying:
            if let verdict = attempt.verdict { judge(attempt, verdict, evidence) } else { verify(attempt, evidence) }
        case .waiting, .training, .cancelling: if runtime[watch: id].isGone { judgeForgotten(attempt, evidence) }
        case .uncertain: judgeTraces(of: attempt, evidence)
        case .done: settleModel(of: id, evidence)
        case .queued, .preparing, .submitting: break
        }
    }

    private mutating func noteLook(_ attempt: Attempt, _ finding: ModelFinding) {
        let id = attempt.id
        if case .unreachable(let fault) = finding {
            runtime[watch: id].modelFailures += 1
            runtime[watch: id].modelDue = now + policy.pause(afterFailures: runtime[watch: id].modelFailures)
            log("the model could not be looked for: \(fault)", .warning, for: id)
            if runtime[watch: id].modelFailures == policy.modelLooks, attempt.verdict == nil { noteBlindness(attempt) }
            return
        }
        runtime[watch: id].modelFailures = 0
        runtime[watch: id].modelLooks += 1
        if finding != .notChecked { runtime[watch: id].wasLookedFor = true }
        runtime[watch: id].modelDue = now + policy.modelInterval
    }

    /// RunPod has said that it is over, so its GPU is free whatever the store says.
    private mutating func noteBlindness(_ attempt: Attempt) {
        guard attempt.phase.name == .verifying else { return }
        log(
            "RunPod says COMPLETED, and the store cannot say whether the model is there; it is looked for on, and its place is free "
                + "for the next. If you know what became of it, resolve it by hand (v)", .alarm, for: attempt.id)
    }

    /// Whether a finished training's model could not be looked for so often that a person may say what became of it.
    func isBlind(_ attempt: Attempt) -> Bool {
        attempt.phase.name == .verifying && attempt.verdict == nil
            && runtime[watch: attempt.id].modelFailures >= policy.modelLooks
    }

    /// Said once of each such file, for whoever sees it there and wonders.
    private mutating func noteOlder(_ finding: ModelFinding, than attempt: Attempt) {
        guard case .present(let stored) = finding, stored.isOlder(than: attempt),
            runtime[watch: attempt.id].olderModel != stored.lastModified
        else { return }
        runtime[watch: attempt.id].olderModel = stored.lastModified
        log(
            "\(stored.location) was there before this order left, so another training made it; it does not count", .warning,
            for: attempt.id)
    }

    /// Begins to look anew: what was looked for before, for another reason, does not count.
    mutating func beginLooking(for id: AttemptID) {
        runtime[watch: id].modelLooks = 0
        runtime[watch: id].wasLookedFor = false
        runtime[watch: id].modelFailures = 0
        runtime[watch: id].modelDue = nil
    }

    /// One answered look decides whether a failed training has left its model all the same. Where the store does not answer, the failure
    /// stands after some tries, and nothing is paid again by itself; the same where nobody can look.
    private mutating func judge(_ attempt: Attempt, _ verdict: Ending, _ evidence: ModelEvidence) {
        switch evidence {
        case .asOrdered(let stored): end(attempt.id, .completed, model: stored.location.description)
        case .unreachable where runtime[watch: attempt.id].modelFailures < policy.modelLooks: break
        case .useless(let fault):
            end(attempt.id, verdict.outcome, reason: [verdict.reason, fault].compactMap(\.self).joined(separator: "; "))
        case .absent: end(attempt.id, verdict.outcome, reason: verdict.reason)
        case .unreachable: endUnseen(attempt, verdict)
        case .notChecked:
            // A list that others write, read once more, or RunPod's own message may know of a model all the same.
            if let address = listedModel(of: attempt) ?? deliveredModel(of: attempt) {
                believe(attempt, address: address)
            } else if runtime[watch: attempt.id].modelLooks > 1 {
                endUnseen(attempt, verdict)
            } else {
                start(.readCast)
            }
        }
    }

    private mutating func endUnseen(_ attempt: Attempt, _ verdict: Ending) {
        if !runtime[watch: attempt.id].wasLookedFor {
            log(
                "its model could not be looked for, so it is not tried again by itself; look for it, and retry it by hand (r) where "
                    + "it left none", .warning, for: attempt.id)
        }
        end(attempt.id, verdict.outcome, reason: verdict.reason)
    }

    private mutating func verify(_ attempt: Attempt, _ evidence: ModelEvidence) {
        let id = attempt.id
        let isLastLook = runtime[watch: id].modelLooks >= policy.modelLooks
        switch evidence {
        case .asOrdered(let stored): end(id, .completed, model: stored.location.description)
        case .useless(let fault): if isLastLook { end(id, .failed, reason: fault) }
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

    /// Only a look after the horizon counts.
    private mutating func judgeTraces(of attempt: Attempt, _ evidence: ModelEvidence) {
        let id = attempt.id
        if case .unreachable = evidence { return }
        runtime[watch: id].modelDue = now + policy.surroundingsInterval
        if case .asOrdered(let stored) = evidence {
            end(id, .completed, model: stored.location.description)
            return
        }
        // Another program may have saved a version that tells RunPod's id.
        start(.readCast)
        guard let horizon = attempt.doubtEnds, now > horizon else { return }
        if case .useless(let fault) = evidence {
            end(id, .failed, reason: "no answer came, and \(fault)")
        } else {
            end(
                id, .lost,
                reason: "no answer, no webhook and no model until RunPod must have dropped it; it may be submitted again")
        }
    }
}
