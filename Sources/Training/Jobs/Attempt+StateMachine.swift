extension Attempt {
    /// The attempt after an event. What does not fit its phase changes nothing: a late message, a doubled one, or anything after the
    /// end. Deciding is done elsewhere; this only says what a recorded fact means.
    mutating func apply(_ event: Event, at time: Timestamp) {
        guard !phase.isDone else {
            applyAfterEnd(event)
            return
        }
        switch event {
        case .preparationStarted, .preparationPaused, .submissionIntended, .submissionUnsent, .submissionUncertain:
            leave(by: event, at: time)
        case .attemptPrepared(let order): self.order = order
        case .submissionAccepted(let acceptance): accept(acceptance, at: time)
        case .statusObserved(let observation): observe(observation, at: time)
        case .gpuIdentified(let fact): gpu = fact
        case .trainingTimed(let times): self.times = times
        case .cancelRequested: requestCancel(at: time)
        case .cancelTaken: cancelTakenAt = cancelTakenAt ?? time
        case .verificationStarted: phase = .verifying(since: time)
        case .failureReported(let ending): (verdict, phase) = (ending, .verifying(since: time))
        case .versionSaved: bookkeeping.versionSaved = true
        case .versionVanished: bookkeeping.versionSaved = false
        case .webhookReceived(let news): webhook = news
        case .attemptAdopted(let adoption): adopt(adoption, at: time)
        case .attemptSeen(let sighting): seenAt = sighting.at
        case .attemptEnded(let ending): phase = .done(ending)
        default: break
        }
    }

    /// The way to RunPod. Once a job is known to be there (a webhook may tell of it before the answer does), nothing leads back to it.
    private mutating func leave(by event: Event, at time: Timestamp) {
        switch (phase, event) {
        case (.queued, .preparationStarted), (.preparing, .preparationStarted): phase = .preparing(since: time)
        case (.preparing, .preparationPaused(let pause)), (.queued, .preparationPaused(let pause)):
            phase = .queued(since: phase.since, notBefore: pause.notBefore)
        case (.queued, .submissionIntended(let intent)), (.preparing, .submissionIntended(let intent)):
            phase = .submitting(since: time, sending: intent.sending)
            sendings += 1
            submittedAt = time
        case (.submitting, .submissionUnsent(let pause)): phase = .queued(since: queuedAt, notBefore: pause.notBefore)
        // Before a second sending too: a webhook may tell that a request which was held for unsent has arrived.
        case (.submitting, .submissionUncertain(let doubt)), (.queued, .submissionUncertain(let doubt)),
            (.preparing, .submissionUncertain(let doubt)):
            phase = .uncertain(since: time, reason: doubt.reason)
        default: break
        }
    }

    private mutating func applyAfterEnd(_ event: Event) {
        switch event {
        case .versionSaved: bookkeeping.versionSaved = true
        case .versionVanished:
            (bookkeeping.versionSaved, bookkeeping.versionClosed, bookkeeping.confirmed) = (false, false, false)
        case .modelVanished: (bookkeeping.modelRecorded, bookkeeping.confirmed) = (false, false)
        case .booksConfirmed: bookkeeping.confirmed = true
        case .versionClosed: bookkeeping.versionClosed = true
        case .modelRecorded: bookkeeping.modelRecorded = true
        case .lateNews(let news): lateNews.append(news.text)
        default: break
        }
    }

    private mutating func accept(_ acceptance: Acceptance, at time: Timestamp) {
        runpod = acceptance.runpod
        acceptedAt = acceptedAt ?? time
        seenAt = time
        switch phase {
        case .submitting, .uncertain, .queued, .preparing:
            phase = cancelRequestedAt == nil ? .waiting(since: time) : .cancelling(since: time)
        default: break
        }
    }

    private mutating func adopt(_ adoption: Adoption, at time: Timestamp) {
        self.adoption = adoption
        runpod = adoption.runpod
        acceptedAt = adoption.startedAt.map { min($0, time) } ?? time
        phase = .waiting(since: time)
    }

    private mutating func observe(_ observation: RunPodObservation, at time: Timestamp) {
        let earlier = observed
        observed = observation
        if !observation.state.isFinal, observation.state != .gone { seenAt = time }
        if observation.state == .inProgress {
            startedAt = startedAt ?? time
            dispatchedAt = observation.isDispatchedAgain(after: earlier) ? time : dispatchedAt ?? time
        }
        if observation.state == .inQueue { dispatchedAt = nil }
        switch (phase, observation.state) {
        case (.waiting, .inProgress), (.uncertain, .inProgress): phase = .training(since: time)
        case (.training, .inQueue), (.uncertain, .inQueue): phase = .waiting(since: time)
        default: break
        }
    }

    private mutating func requestCancel(at time: Timestamp) {
        cancelRequestedAt = cancelRequestedAt ?? time
        switch phase {
        case .waiting, .training: phase = .cancelling(since: time)
        default: break
        }
    }
}
