public import JSONText
public import Training

/// An actor as one JSON value, for `actors --json`.
public func actorJSON(_ actor: ActorProfile, in ledger: Ledger) -> JSONValue {
    let eligibility = Eligibility.judge(actor, in: ledger)
    return [
        "id": .integer(actor.id.rawValue),
        "name": .string(actor.name),
        "images": .integer(actor.images.onS3),
        "synced": .bool(actor.images.isSynced && actor.images.onS3 > 0),
        "training_data_good": .bool(actor.trainingDataGood),
        "good_model": actor.goodModel.map { .string($0.versionName) } ?? .null,
        "eligible": .bool(eligibility.isEligible),
        "reasons": .array(eligibility.reasons.map { .string($0.text) }),
        "warnings": .array(eligibility.warnings.map { .string($0.text) }),
    ]
}
