/// Something that happened and is kept for ever. The journal keeps events; everything else is a fold of them.
///
/// A new case may be added at any time; a case that was released is never renamed, and its payload only ever gains optional fields.
public enum Event: Hashable, Sendable {
    // The engine itself.
    case engineStarted(EngineStart)
    case engineStopped
    case queueHeld(Hold)
    case queueResumed
    case parallelismSet(ParallelismSetting)
    /// A pending version of somebody else's was declared dead by the operator.
    case versionDismissed(Dismissal)
    /// Written before the verdict is sent, so that a crash in between does not lose it.
    case markWanted(GoodMark)
    case goodMarked(GoodMark)
    /// The project refused the verdict for good.
    case markRefused(MarkRefusal)
    /// Something that nobody has to act on at once but that must not be lost.
    case noted(Note)

    // A job and its attempts.
    case jobQueued(QueuedJob)
    case attemptQueued(QueuedAttempt)
    /// A job that somebody else started at RunPod and that is watched from here on.
    case attemptAdopted(Adoption)
    case preparationStarted
    /// It could not be prepared for now and is tried again.
    case preparationPaused(Pause)
    case attemptPrepared(Order)
    /// Written before the request leaves.
    case submissionIntended(Intent)
    case submissionAccepted(Acceptance)
    /// It provably left no byte, or was turned away with 429; it may leave again.
    case submissionUnsent(Pause)
    case submissionUncertain(Doubt)
    case statusObserved(RunPodObservation)
    /// It was still going on when the engine ended in good order; nobody watches from here on.
    case attemptSeen(Sighting)
    /// RunPod's list of workers tells which GPU has it.
    case gpuIdentified(GPUFact)
    /// How long its parts took, to learn from.
    case trainingTimed(PhaseTimes)
    case cancelRequested
    /// RunPod took a cancel for the first time; whether the GPU has stopped is another question.
    case cancelTaken
    case webhookReceived(WebhookNews)
    /// RunPod says completed; the model is looked for.
    case verificationStarted
    /// RunPod says that it failed in a way that another try may mend: before that is paid the model is looked for. How it ends if none is
    /// there.
    case failureReported(Ending)
    case attemptEnded(Ending)
    case versionSaved
    case versionClosed
    case modelRecorded
    /// The version that was saved is not in the actor's list any more, or reads as it did before: a writer with a stale copy.
    case versionVanished
    /// The model that was recorded is not in the manifest any more.
    case modelVanished
    /// A reading of the project shows all that was written for an attempt that has ended; what is deleted later was meant to be.
    case booksConfirmed
    /// News about an attempt that has ended: nothing changes, the operator is told.
    case lateNews(Note)
}
