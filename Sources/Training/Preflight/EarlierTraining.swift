public import JSONText

/// A training of ours that completed, as far as another one can be the same.
public struct EarlierTraining: Hashable, Sendable {
    public var model: ModelName
    public var at: Timestamp
    public var images: Set<S3Location>
    public var parameters: TrainingParameters

    public init(model: ModelName, at: Timestamp, images: Set<S3Location>, parameters: TrainingParameters) {
        self.model = model
        self.at = at
        self.images = images
        self.parameters = parameters
    }

    /// The actor's completed trainings, oldest first.
    /// - Parameter payload: the stored request of a digest; an attempt without one is passed over.
    public static func all(of actor: ActorID, in ledger: Ledger, payload: (String) -> JSONValue?) -> [EarlierTraining] {
        ledger.jobs.filter { $0.actor == actor }.flatMap(\.attempts).compactMap { attempt in
            guard attempt.outcome == .completed, let order = attempt.order, let body = payload(order.payloadDigest) else {
                return nil
            }
            let addresses = body["input"]?["training_data"]?["s3_urls"]?.array?.compactMap(\.string) ?? []
            return EarlierTraining(
                model: order.model, at: attempt.submittedAt ?? attempt.queuedAt,
                images: Set(addresses.compactMap(S3Location.init(parsing:))), parameters: order.parameters)
        }
    }
}

extension [EarlierTraining] {
    /// Whether exactly this was trained before: the same images with the same parameters.
    /// - Parameter versions: the saved versions, for what somebody else trained; they do not tell on which images.
    public func check(images: [S3Location], parameters: TrainingParameters, versions: [VersionRecord]) -> [Finding] {
        let wanted = Set(images)
        if let same = last(where: { $0.images == wanted && $0.parameters == parameters }) {
            let verdict =
                versions.last { $0.version == same.model.version }?.isGood.map { $0 ? ", judged good" : ", judged bad" } ?? ""
            return [
                .warning(
                    "repeated",
                    "exactly these \(images.count) images were trained with exactly these parameters on \(same.at.dateText): it is \(same.model.version)\(verdict)",
                    remedy: "look at \(same.model.version) first; change the images, or another training gives much the same")
            ]
        }
        let known = Set(map(\.model.version))
        guard
            let other = versions.first(where: { record in
                record.status == .completed && record.imageCount == images.count
                    && record.version.map { !known.contains($0) } ?? true
            })
        else { return [] }
        let day = other.timestamp.map { " on \($0.dateText)" } ?? ""
        return [.note("repeated", "\(other.name) was trained on as many images\(day); whether on the same ones is not known")]
    }
}
