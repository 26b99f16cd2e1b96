extension Eligibility {
    /// The same as findings: what excludes is an error (what is a matter of judgement, a warning), what should be seen a warning.
    public func findings(overriding: Bool = false) -> [Finding] {
        guard !reasons.isEmpty || !warnings.isEmpty else { return [.ok("actor", "it may be trained")] }
        return reasons.map { $0.finding(overriding: overriding) } + warnings.map(\.finding)
    }
}

extension ExclusionReason {
    fileprivate func finding(overriding: Bool) -> Finding {
        let severity: Finding.Severity = overriding && canBeOverridden ? .warning : .error
        return Finding(severity, code, text, remedy: remedy, isRefusal: isRefusal)
    }

    private var code: String {
        switch self {
        case .unreadable: "actor.unreadable"
        case .dataNotApproved: "actor.approval"
        case .noImageOnS3, .notSynced: "actor.images"
        case .hasGoodModel, .awaitsVerdict: "actor.model"
        case .inTraining, .pendingElsewhere: "actor.training"
        }
    }

    private var remedy: String {
        switch self {
        case .unreadable: "mend the file"
        case .dataNotApproved: "look at the images and approve them in the Actor Maker"
        case .noImageOnS3: "upload images and sync the manifest"
        case .notSynced: "sync the images in the Actor Maker"
        case .hasGoodModel: "nothing, or train it anew with --again (o on the plan screen)"
        case .awaitsVerdict: "judge the model (m), or train it anew with --again (o on the plan screen)"
        case .inTraining: "wait for its end, or cancel it"
        case .pendingElsewhere: "wait for its end, or dismiss it (D) when its job is dead"
        }
    }

    /// Not a thing that is missing: to go on would pay twice, or anew for what is there.
    private var isRefusal: Bool {
        switch self {
        case .hasGoodModel, .awaitsVerdict, .inTraining, .pendingElsewhere: true
        case .unreadable, .dataNotApproved, .noImageOnS3, .notSynced: false
        }
    }
}

extension EligibilityWarning {
    var finding: Finding {
        switch self {
        case .fewImages: .warning("actor.images", text, remedy: "add images; below five a likeness is luck")
        case .manyImages: .warning("actor.images", text, remedy: "choose the best sixty, or go on: the table's last row is used")
        case .imagesNotOnS3: .warning("actor.images", text, remedy: "upload and sync them, or go on without them")
        }
    }
}
