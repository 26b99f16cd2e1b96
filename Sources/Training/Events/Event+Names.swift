/// The dotted names of events, as `events --json` prints them.
extension Event {
    public var name: String { kind.rawValue }

    enum Kind: String, CaseIterable {
        case engineStarted = "engine.started"
        case engineStopped = "engine.stopped"
        case queueHeld = "queue.held"
        case queueResumed = "queue.resumed"
        case parallelismSet = "queue.parallelism_set"
        case versionDismissed = "version.dismissed"
        case markWanted = "model.mark_wanted"
        case goodMarked = "model.marked"
        case markRefused = "model.mark_refused"
        case noted = "engine.noted"
        case jobQueued = "job.queued"
        case attemptQueued = "attempt.queued"
        case attemptAdopted = "attempt.adopted"
        case preparationStarted = "preparation.started"
        case preparationPaused = "preparation.paused"
        case attemptPrepared = "attempt.prepared"
        case submissionIntended = "submission.intended"
        case submissionAccepted = "submission.accepted"
        case submissionUnsent = "submission.unsent"
        case submissionUncertain = "submission.uncertain"
        case statusObserved = "status.observed"
        case attemptSeen = "attempt.seen"
        case gpuIdentified = "gpu.identified"
        case trainingTimed = "training.timed"
        case cancelRequested = "cancel.requested"
        case cancelTaken = "cancel.taken"
        case webhookReceived = "webhook.received"
        case verificationStarted = "verification.started"
        case failureReported = "failure.reported"
        case attemptEnded = "attempt.ended"
        case versionSaved = "version.saved"
        case versionClosed = "version.closed"
        case modelRecorded = "model.recorded"
        case versionVanished = "version.vanished"
        case modelVanished = "model.vanished"
        case booksConfirmed = "books.confirmed"
        case lateNews = "attempt.late_news"
    }

    var kind: Kind {
        switch self {
        case .engineStarted: .engineStarted
        case .engineStopped: .engineStopped
        case .queueHeld: .queueHeld
        case .queueResumed: .queueResumed
        case .parallelismSet: .parallelismSet
        case .versionDismissed: .versionDismissed
        case .markWanted: .markWanted
        case .goodMarked: .goodMarked
        case .markRefused: .markRefused
        case .noted: .noted
        case .jobQueued: .jobQueued
        case .attemptQueued: .attemptQueued
        case .attemptAdopted: .attemptAdopted
        case .preparationStarted: .preparationStarted
        case .preparationPaused: .preparationPaused
        case .attemptPrepared: .attemptPrepared
        case .submissionIntended: .submissionIntended
        case .submissionAccepted: .submissionAccepted
        case .submissionUnsent: .submissionUnsent
        case .submissionUncertain: .submissionUncertain
        case .statusObserved: .statusObserved
        case .attemptSeen: .attemptSeen
        case .gpuIdentified: .gpuIdentified
        case .trainingTimed: .trainingTimed
        case .cancelRequested: .cancelRequested
        case .cancelTaken: .cancelTaken
        case .webhookReceived: .webhookReceived
        case .verificationStarted: .verificationStarted
        case .failureReported: .failureReported
        case .attemptEnded: .attemptEnded
        case .versionSaved: .versionSaved
        case .versionClosed: .versionClosed
        case .modelRecorded: .modelRecorded
        case .versionVanished: .versionVanished
        case .modelVanished: .modelVanished
        case .booksConfirmed: .booksConfirmed
        case .lateNews: .lateNews
        }
    }
}
