import EngineAPI
import Training
import TrainingPorts

extension Turn {
    /// Brings the project's versions and manifests to what is true. Says what shall stand there and is repeated until it does.
    ///
    /// Of somebody else's version only the end is written, and only where he has not: what we do not know of it stays unknown. A model is
    /// added to the manifest whoever trained it. Without an id there is no version (see `Attempt.versionID`).
    mutating func keepBooks(of attempt: Attempt) {
        let books = attempt.bookkeeping
        guard !policy.isReadOnly, runtime.journalFault == nil, isDue(runtime[watch: attempt.id].bookDue) else { return }
        if let order = attempt.order, let version = attempt.versionID {
            if attempt.phase.isDone ? !books.versionClosed : !books.versionSaved { write(order, version, of: attempt) }
        } else if attempt.isAdopted, attempt.phase.isDone, !books.versionClosed, let version = attempt.versionID {
            start(.finishVersion(attempt.id, attempt.actor, version, VersionEntry.State(of: attempt)))
        }
        if attempt.outcome == .completed, !books.modelRecorded, let model = attempt.model { recordModel(model, of: attempt) }
    }

    private mutating func write(_ order: Order, _ id: RunPodID, of attempt: Attempt) {
        let entry = VersionEntry(
            id: id.rawValue, version: order.model.version,
            description: "Auto-trained with \(order.images) image\(order.images == 1 ? "" : "s")",
            timestamp: attempt.submittedAt ?? attempt.queuedAt, parameters: order.parameters, imageCount: order.images,
            state: VersionEntry.State(of: attempt))
        start(.writeVersion(attempt.id, attempt.actor, entry, attempt.phase.isDone ? .close : .save))
    }

    private mutating func recordModel(_ model: ModelName, of attempt: Attempt) {
        let watch = runtime[watch: attempt.id]
        guard !watch.isModelSettled else { return }
        guard let stored = watch.stored else {
            start(.findModel(attempt.id, model, address: attempt.phase.ending?.model))
            return
        }
        let entry = ModelEntry(
            model: model, location: stored.location, sizeBytes: stored.sizeBytes, etag: stored.etag,
            lastModified: stored.lastModified)
        start(.recordModel(attempt.id, attempt.actor, entry))
    }

    /// The look for the model of an attempt that has ended found nothing to record.
    mutating func settleModel(of id: AttemptID, _ evidence: ModelEvidence) {
        switch evidence {
        case .asOrdered: break
        case .unreachable: runtime[watch: id].bookDue = runtime[watch: id].modelDue
        case .useless(let fault):
            runtime[watch: id].isModelSettled = true
            // Completed by the operator's word, which a file that is there does not bear out.
            log("\(fault); it is not added to the manifest", .warning, for: id)
        case .absent, .notChecked: runtime[watch: id].isModelSettled = true
        }
    }

    mutating func versionWritten(_ id: AttemptID, _ write: VersionWrite, fault: String?) {
        if let fault {
            postponeBooks(of: id, "the version could not be saved: \(fault)")
            return
        }
        guard let attempt = ledger[id] else { return }
        let books = attempt.bookkeeping
        noteWritten(id)
        if !books.versionSaved, !attempt.isAdopted { emit(.versionSaved, for: id) }
        if write == .close, !books.versionClosed { emit(.versionClosed, for: id) }
    }

    /// A reading that begins from here on must show it.
    private mutating func noteWritten(_ id: AttemptID) {
        runtime[watch: id].bookFailures = 0
        runtime[watch: id].bookedAt = now
        runtime.isCastWanted = true
    }

    mutating func modelWritten(_ id: AttemptID, _ result: Result<RecordResult, PortError>) {
        switch result {
        case .success(.recorded), .success(.alreadyThere):
            noteWritten(id)
            if ledger[id]?.bookkeeping.modelRecorded == false { emit(.modelRecorded, for: id) }
        case .success(.notSupported):
            runtime[watch: id].isModelSettled = true
            log("this server has no call that adds a model to the manifest; its sync from S3 has to do it", .warning, for: id)
        case .failure(let error): postponeBooks(of: id, "the model could not be added to the manifest: \(error.message)")
        }
    }

    private mutating func postponeBooks(of id: AttemptID, _ text: String) {
        runtime[watch: id].bookFailures += 1
        runtime[watch: id].bookDue = now + policy.pause(afterFailures: runtime[watch: id].bookFailures)
        log(text, .warning, for: id)
    }
}

extension VersionEntry.State {
    /// How an attempt stands, for others to read: with the time at which the training ended, not with that at which we learned of it.
    init(of attempt: Attempt) {
        guard let ending = attempt.phase.ending else {
            self = .pending
            return
        }
        let time = attempt.finishedAt ?? ending.at
        if ending.outcome == .completed {
            self = .completed(address: ending.model ?? "", at: time)
        } else {
            self = .failed(error: ending.reason ?? ending.outcome.rawValue, at: time)
        }
    }
}
