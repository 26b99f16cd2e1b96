import EngineAPI
import JSONText
import Training
import TrainingPorts

extension Turn {
    /// Builds the request from what was gathered and records the intent; from here on the attempt owes an answer.
    mutating func prepared(_ id: AttemptID, _ preparation: Preparation) {
        guard let attempt = ledger[id], attempt.phase.name == .preparing else { return }
        switch preparation {
        case .notNow(let reason):
            runtime[watch: id].sendFailures += 1
            let pause = policy.pause(afterFailures: runtime[watch: id].sendFailures)
            emit(.preparationPaused(Pause(reason: reason, notBefore: now + pause)), for: id)
        case .templateFault(let reason):
            end(id, .failed, reason: reason)
            holdQueue(.failures, "\(reason); mend the template and resume the queue")
        case .ready(let gathered):
            noteListing(gathered.listingFault)
            order(attempt, from: gathered)
        }
    }

    /// Once: it stays so until the operator changes the key's policy.
    private mutating func noteListing(_ fault: String?) {
        if let fault, !runtime.isListingFaultTold {
            log("\(fault); until then versions are numbered by the journal, the version lists and the manifests alone", .warning)
        }
        runtime.isListingFaultTold = fault != nil
    }

    private mutating func order(_ attempt: Attempt, from gathered: Gathered) {
        if let hold = ledger.queue.hold {
            // Nothing new is submitted from the moment of a hold on, and that includes what was about to leave.
            emit(.preparationPaused(Pause(reason: hold.reason, notBefore: now)), for: attempt.id)
            return
        }
        if runtime.isStopping {
            emit(.preparationPaused(Pause(reason: "the program ends", notBefore: now)), for: attempt.id)
            return
        }
        let profile = freshProfile(of: attempt.actor, from: gathered)
        if let reason = blockingReason(against: profile, for: attempt) {
            end(attempt.id, .failed, reason: "not submitted: \(reason)")
            return
        }
        if let order = attempt.order, order.endpoint == gathered.endpoint, !profile.uses(order.model, stored: gathered.stored) {
            // It provably never left: the same request, under the same id.
            send(order, of: attempt)
            return
        }
        let addresses = gathered.data.images.compactMap(\.address).filter { !$0.isEmpty }
        let images = addresses.compactMap(S3Location.init(parsing:))
        guard images.count == addresses.count else {
            let strange = addresses.first { S3Location(parsing: $0) == nil } ?? ""
            // Without the query, in which a presigned address has its secret.
            end(
                attempt.id, .failed,
                reason: "not submitted: an image's address is no S3 address: \(strange.withoutQuery)")
            return
        }
        do {
            try submit(attempt, profile: profile, images: images.withoutDoubles, gathered: gathered)
        } catch {
            end(attempt.id, .failed, reason: "not submitted: \(error)")
            holdQueue(.failures, "\(error); mend the template and resume the queue")
        }
    }

    private mutating func submit(
        _ attempt: Attempt, profile: ActorProfile, images: [S3Location], gathered: Gathered
    )
        throws(WorkflowFault)
    {
        let parameters = TrainingParameters.preset(images: images.count, triggerToken: profile.name)
        let workflow = try Workflow(json: gathered.template).customised(with: parameters)
        let request = TrainingRequest(
            workflow: workflow, images: images, request: RequestID(actor: attempt.actor, at: now, random: gathered.random),
            model: ModelName(
                actor: attempt.actor, version: VersionEvidence.next(for: profile, in: ledger, stored: gathered.stored)),
            parameters: parameters,
            expectation: expectation(steps: parameters.maxTrainSteps)
        )
        let bytes = Array(request.body.text().utf8)
        guard bytes.count <= policy.payloadLimit else {
            end(
                attempt.id, .failed,
                reason: "not submitted: the request has \(bytes.count) bytes, RunPod takes \(policy.payloadLimit)")
            return
        }
        let order = Order(
            model: request.model, request: request.request, parameters: parameters, images: images.count,
            workflowDigest: digester.sha256(Array(workflow.json.text().utf8)), payloadDigest: digester.sha256(bytes),
            endpoint: gathered.endpoint, expectation: request.expectation,
            limits: limits(of: request.body, gathered), webhook: gathered.hasWebhook)
        payloads.append(Payload(digest: order.payloadDigest, bytes: bytes))
        emit(.attemptPrepared(order), for: attempt.id)
        send(order, of: attempt)
    }

    /// The limits that RunPod will hold a request to: its own `policy`, as far as that gets there; for the rest RunPod's defaults and the
    /// endpoint's own.
    func limits(of body: JSONValue, _ gathered: Gathered) -> JobLimits {
        var limits = JobLimits.standard(endpoint: runtime.endpoint?.executionTimeout)
        guard gathered.carriesLimits, let own = body["policy"] else { return limits }
        func time(_ key: String) -> Seconds? {
            guard let number = own[key]?.double, (1...policy.longestLimit.inSeconds * 1000).contains(number) else { return nil }
            return Seconds(number / 1000)
        }
        limits.execution = time("executionTimeout") ?? limits.execution
        limits.lifetime = time("ttl") ?? limits.lifetime
        return limits
    }

    /// The actor as it is now: fresh images and versions, and the models of the newest reading of the cast.
    func freshProfile(of actor: ActorID, from gathered: Gathered) -> ActorProfile {
        let known = runtime.cast.actors.first { $0.id == actor }
        return ActorProfile(
            id: actor, name: gathered.data.name, trainingDataGood: gathered.data.approved, images: gathered.data.count,
            models: known?.models ?? [], versions: gathered.versions)
    }

    /// What speaks against it now, although it was eligible when it was queued. Matters of judgement count too, unless they were overridden
    /// then: somebody else may have trained the actor meanwhile, and a second model would be paid for nothing.
    private func blockingReason(against profile: ActorProfile, for attempt: Attempt) -> String? {
        let isOverriding = ledger[attempt.id.job]?.isOverriding ?? false
        return Eligibility.judge(profile, in: ledger).reasons.first { reason in
            if case .inTraining(attempt.id.job, _) = reason { return false }
            return !(isOverriding && reason.canBeOverridden)
        }?.text
    }

    mutating func holdQueue(_ cause: Hold.Cause, _ reason: String) {
        guard ledger.queue.hold == nil else { return }
        emit(.queueHeld(Hold(cause: cause, reason: reason)))
    }
}

extension ActorProfile {
    /// Whether somebody has taken the model's version meanwhile.
    func uses(_ model: ModelName, stored: [ModelName]) -> Bool {
        stored.contains(model) || models.contains { $0.version == model.version }
            || versions.contains { $0.version == model.version }
    }
}

extension [S3Location] {
    /// Each location once, at its first place.
    var withoutDoubles: [S3Location] {
        var seen: Set<S3Location> = []
        return filter { seen.insert($0).inserted }
    }
}
