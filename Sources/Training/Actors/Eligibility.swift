/// Whether an actor may be trained now, with every reason against it.
public struct Eligibility: Hashable, Sendable {
    /// All reasons for an exclusion, in the order in which an operator would mend them; empty when the actor may be trained.
    public var reasons: [ExclusionReason]
    /// What does not exclude, but should be seen before money is spent.
    public var warnings: [EligibilityWarning]

    public var isEligible: Bool { reasons.isEmpty }

    public init(reasons: [ExclusionReason], warnings: [EligibilityWarning] = []) {
        self.reasons = reasons
        self.warnings = warnings
    }
}

/// Why an actor is not trained now. All that hold are told, not only the first.
public enum ExclusionReason: Hashable, Sendable {
    case unreadable(String)
    case dataNotApproved
    case noImageOnS3
    /// Some images on S3 are not known to be whole: how many of how many are.
    case notSynced(synced: Int, of: Int)
    case hasGoodModel(String)
    /// A finished model that nobody has judged: without this a nightly run would pay for the same actors for ever.
    case awaitsVerdict(String)
    /// An attempt of ours that is neither done nor resolved.
    case inTraining(JobID, PhaseName)
    /// A version that is pending under a job that is not ours: not known to be alive until it was asked for or dismissed.
    case pendingElsewhere(version: String, since: Timestamp?, id: String)

    /// Whether `--again` or the plan screen may override it: only what is a matter of judgement, never what would pay twice at once.
    public var canBeOverridden: Bool {
        switch self {
        case .hasGoodModel, .awaitsVerdict: true
        default: false
        }
    }

    /// A few words for a list; raw text, to be made harmless where it is shown.
    public var text: String {
        switch self {
        case .unreadable(let fault): fault
        case .dataNotApproved: "training data not approved"
        case .noImageOnS3: "no images on S3"
        case .notSynced(let synced, let all): "not synced (\(synced) of \(all))"
        case .hasGoodModel(let version): "\(version) is good"
        case .awaitsVerdict(let version): "\(version) awaits a verdict"
        case .inTraining(let job, let phase): "in training (\(job), \(phase.rawValue))"
        case .pendingElsewhere(let version, let since, let id):
            "\(version) pending" + (since.map { " since \($0.dateText)" } ?? "") + (id.isEmpty ? "" : ", job \(id)")
        }
    }
}

/// What the operator should know of an actor who may be trained.
public enum EligibilityWarning: Hashable, Sendable {
    /// Fewer than five images.
    case fewImages(Int)
    /// More than sixty images.
    case manyImages(Int)
    /// Entries of the manifest that have no address and will not be trained on.
    case imagesNotOnS3(Int)

    public var text: String {
        switch self {
        case .fewImages(let count): "only \(count) image\(count == 1 ? "" : "s")"
        case .manyImages(let count): "\(count) images, more than 60"
        case .imagesNotOnS3(let count): "\(count) image\(count == 1 ? " is" : "s are") not on S3"
        }
    }
}

extension Timestamp {
    /// The day in UTC: `2026-11-23`.
    public var dateText: String { String(description.prefix(10)) }
}
