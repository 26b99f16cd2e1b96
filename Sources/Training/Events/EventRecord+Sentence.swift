extension EventRecord {
    /// What happened, in one sentence with its subject: `j3.2: RunPod says IN_PROGRESS`. Raw text: it may hold what a server or a
    /// worker said, so it is made harmless where it is shown.
    public var sentence: String {
        guard let job else { return event.sentence }
        guard let attempt, attempt > 1 else { return "\(job): \(event.sentence)" }
        return "\(job).\(attempt): \(event.sentence)"
    }

    /// How loud the event is for a person who watches.
    public var severity: Note.Severity {
        switch event {
        case .noted(let note): note.severity
        case .submissionUncertain: .alarm
        case .queueHeld(let hold): hold.cause == .asked ? .info : .warning
        case .preparationPaused, .submissionUnsent, .lateNews, .markRefused: .warning
        case .attemptEnded(let ending): ending.outcome.severity
        default: .info
        }
    }
}

extension Event {
    /// What happened, in one sentence without its subject; raw text.
    public var sentence: String {
        switch self {
        case .engineStarted(let start):
            "\(start.program) started on \(start.source)"
                + (start.timeScale == 1 ? "" : ", simulated at ×\(start.timeScale.shortText)")
        case .engineStopped: "the engine stopped"
        case .queueHeld(let hold): "the queue is held: \(hold.reason)"
        case .queueResumed: "the queue moves again"
        case .parallelismSet(let setting): "\(setting.value) training\(setting.value == 1 ? "" : "s") may run at once"
        case .versionDismissed(let dismissal):
            "pending version \(dismissal.version) of actor \(dismissal.actor.padded) was dismissed"
        case .markWanted(let mark): "\(mark.model) is to be marked \(mark.words)"
        case .goodMarked(let mark): "\(mark.model) was marked \(mark.words)"
        case .markRefused(let refusal): "\(refusal.mark.model) was not marked \(refusal.mark.words): \(refusal.reason)"
        case .noted(let note), .lateNews(let note): note.text
        case .jobQueued(let queued): "\(queued.name) was queued \(queued.origin.words)"
        case .attemptQueued(let queued): "queued again: \(queued.reason)"
        default: attemptSentence
        }
    }

    private var attemptSentence: String {
        switch self {
        case .preparationStarted: "gathers training data and workflow"
        case .preparationPaused(let pause):
            "could not be prepared: \(pause.reason); tried again after \(pause.notBefore.minuteText)"
        case .attemptPrepared(let order):
            "\(order.model) is ready: \(order.images) images, \(order.parameters.maxTrainSteps) steps at \(order.parameters.learningRate)"
        case .submissionIntended(let intent):
            "is sent to RunPod" + (intent.sending > 1 ? ", for the \(intent.sending.ordinal) time" : "")
        case .submissionAccepted(let acceptance): "RunPod has it as \(acceptance.runpod) (told by \(acceptance.evidence))"
        case .submissionUnsent(let pause): "was not sent: \(pause.reason); sent again after \(pause.notBefore.minuteText)"
        case .submissionUncertain(let doubt):
            "is uncertain: \(doubt.reason); RunPod may or may not have it, and nothing is sent again"
        case .statusObserved(let observation): observation.sentence
        case .attemptSeen: "still goes on; nobody watches from here on"
        case .gpuIdentified(let fact): fact.sentence
        case .trainingTimed(let times):
            "its steps took \((times.training ?? .seconds(0)).wholeMinutes) min"
                + (times.data.map { ", loading before them \($0.wholeMinutes) min" } ?? "")
        case .cancelRequested: "a cancel was asked for; RunPod has not confirmed it yet"
        case .cancelTaken: "RunPod took the cancel; waiting until the job has ended"
        case .webhookReceived(let news): news.sentence
        case .verificationStarted: "RunPod says it is done; the model is looked for"
        case .failureReported(let ending): "\(ending.sentence); before it is tried again its model is looked for"
        case .attemptEnded(let ending): ending.sentence
        case .versionSaved: "the version was saved with the actor"
        case .versionClosed: "the version says how it ended"
        case .modelRecorded: "the model was added to the manifest"
        case .attemptAdopted(let adoption):
            "somebody else started \(adoption.versionName) as \(adoption.runpod); it is watched from here on"
        case .versionVanished: "somebody's stale copy has overwritten the version; it is saved again"
        case .modelVanished: "somebody's stale copy has overwritten the manifest; the model is added again"
        case .booksConfirmed: "version and manifest were read back and are right"
        default: name
        }
    }
}

extension Double {
    /// `60` and not `60.0`.
    fileprivate var shortText: String { Int(exactly: self).map(String.init) ?? String(self) }
}

extension Int {
    fileprivate var ordinal: String {
        switch (self % 10, self % 100) {
        case (1, let rest) where rest != 11: "\(self)st"
        case (2, let rest) where rest != 12: "\(self)nd"
        case (3, let rest) where rest != 13: "\(self)rd"
        default: "\(self)th"
        }
    }
}
