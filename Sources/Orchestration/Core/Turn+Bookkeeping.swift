import EngineAPI
import Training
import TrainingPorts

extension Turn {
    /// Brings the project's versions and manifests to what is true. Says what shall stand there and is repeated until it does.
    mutating func keepBooks(of attempt: Attempt) {
        guard let order = attempt.order, let runpod = attempt.runpod, !policy.isReadOnly,
            isDue(runtime[watch: attempt.id].bookDue)
        else { return }
        if attempt.phase.isDone {
            if !attempt.bookkeeping.versionClosed { write(order, runpod, of: attempt, .close) }
            if attempt.outcome == .completed, !attempt.bookkeeping.modelRecorded { recordModel(order, of: attempt) }
        } else if !attempt.bookkeeping.versionSaved {
            write(order, runpod, of: attempt, .save)
        }
    }

    private mutating func write(_ order: Order, _ runpod: RunPodID, of attempt: Attempt, _ write: VersionWrite) {
        let entry = VersionEntry(
            id: runpod.rawValue, version: order.model.version,
            description: "Auto-trained with \(order.images) image\(order.images == 1 ? "" : "s")",
            timestamp: attempt.submittedAt ?? attempt.queuedAt, parameters: order.parameters, imageCount: order.images,
            state: attempt.phase.ending.map(VersionEntry.State.init) ?? .pending)
        start(.writeVersion(attempt.id, attempt.actor, entry, write))
    }

    private mutating func recordModel(_ order: Order, of attempt: Attempt) {
        let watch = runtime[watch: attempt.id]
        guard !watch.isModelSettled else { return }
        guard let stored = watch.stored else {
            start(.findModel(attempt.id, order.model, address: attempt.phase.ending?.model))
            return
        }
        let entry = ModelEntry(
            model: order.model, location: stored.location, sizeBytes: stored.sizeBytes, etag: stored.etag,
            lastModified: stored.lastModified)
        start(.recordModel(attempt.id, attempt.actor, entry))
    }

    /// The look for the model of an attempt that has ended found nothing to record.
    mutating func settleModel(of id: AttemptID, _ finding: ModelFinding) {
        switch finding {
        case .present: break
        case .unreachable(let fault): postponeBooks(of: id, "the model could not be looked for: \(fault)")
        case .absent, .broken, .notChecked: runtime[watch: id].isModelSettled = true
        }
    }

    mutating func versionWritten(_ id: AttemptID, _ write: VersionWrite, fault: String?) {
        if let fault {
            postponeBooks(of: id, "the version could not be saved: \(fault)")
            return
        }
        runtime[watch: id].bookFailures = 0
        guard let books = ledger[id]?.bookkeeping else { return }
        if !books.versionSaved { emit(.versionSaved, for: id) }
        if write == .close, !books.versionClosed { emit(.versionClosed, for: id) }
        runtime.castDue = now
    }

    mutating func modelWritten(_ id: AttemptID, _ result: Result<RecordResult, PortError>) {
        switch result {
        case .success(.recorded), .success(.alreadyThere):
            runtime[watch: id].bookFailures = 0
            if ledger[id]?.bookkeeping.modelRecorded == false { emit(.modelRecorded, for: id) }
            start(.readCast)
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

    mutating func marked(_ mark: GoodMark, fault: String?) {
        if let fault {
            log("\(mark.version) of actor \(mark.actor) could not be marked: \(fault)", .alarm)
            return
        }
        emit(.goodMarked(mark))
        start(.readCast)
    }
}

extension VersionEntry.State {
    init(_ ending: Ending) {
        if ending.outcome == .completed {
            self = .completed(address: ending.model ?? "", at: ending.at)
        } else {
            self = .failed(error: ending.reason ?? ending.outcome.rawValue, at: ending.at)
        }
    }
}
