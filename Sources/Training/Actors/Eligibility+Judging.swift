extension Eligibility {
    /// Below this an actor is trained with a warning.
    public static let fewImages = 5
    /// Above this an actor is trained with a warning and the table's last row.
    public static let manyImages = 60

    /// Judges an actor by its data and by the attempts that the ledger knows.
    public static func judge(_ actor: ActorProfile, in ledger: Ledger) -> Eligibility {
        var reasons: [ExclusionReason] = []
        if let fault = actor.fault { reasons.append(.unreadable(fault)) }
        if !actor.trainingDataGood { reasons.append(.dataNotApproved) }
        if actor.images.onS3 == 0 {
            reasons.append(.noImageOnS3)
        } else if !actor.images.isSynced {
            reasons.append(.notSynced(synced: actor.images.synced, of: actor.images.onS3))
        }
        if let good = actor.goodModel {
            reasons.append(.hasGoodModel(good.versionName))
        } else if let unjudged = actor.modelAwaitingVerdict(in: ledger) {
            reasons.append(.awaitsVerdict(unjudged))
        }
        if let open = ledger.openAttempt(of: actor.id) { reasons.append(.inTraining(open.id.job, open.phase.name)) }
        reasons += actor.foreignPendingVersions(in: ledger)
        return Eligibility(reasons: reasons, warnings: warnings(for: actor))
    }

    private static func warnings(for actor: ActorProfile) -> [EligibilityWarning] {
        var warnings: [EligibilityWarning] = []
        let count = actor.images
        if count.onS3 > 0, count.onS3 < fewImages { warnings.append(.fewImages(count.onS3)) }
        if count.onS3 > manyImages { warnings.append(.manyImages(count.onS3)) }
        if count.recorded > count.onS3 { warnings.append(.imagesNotOnS3(count.recorded - count.onS3)) }
        return warnings
    }
}

extension ActorProfile {
    /// The newest finished model where nobody has judged it. An older one that was passed over does not count: the operator went on.
    func modelAwaitingVerdict(in ledger: Ledger) -> String? {
        var verdicts: [VersionNumber: Bool?] = [:]
        for model in models {
            guard let version = model.version else { continue }
            verdicts[version] = model.good
        }
        for record in versions where record.status == .completed {
            guard let version = record.version else { continue }
            if let verdict = verdicts[version], verdict != nil { continue }
            verdicts[version] = record.isGood
        }
        for version in ledger.completedVersions(of: id) where verdicts[version] == nil { verdicts[version] = .some(nil) }
        guard let newest = verdicts.max(by: { $0.key < $1.key }), newest.value == nil else { return nil }
        return newest.key.description
    }

    /// Pending versions that no attempt of ours accounts for.
    func foreignPendingVersions(in ledger: Ledger) -> [ExclusionReason] {
        versions.filter { $0.isOpen }.compactMap { record in
            guard !ledger.knows(version: record, of: id) else { return nil }
            return .pendingElsewhere(version: record.name, since: record.timestamp, id: record.id)
        }
    }
}
