import Training
import TrainingPorts

/// What a check before paying reads from outside: the one place where back ends for it are chosen.
struct OutsideReadings: PreflightReadings {
    /// Nil where no key is set, or nobody has said where the management API is.
    let management: (any EndpointManagement)?
    let store: any ImageStore
    /// The simulator invents its images, and so their sizes.
    let isSimulated: Bool
    /// Buckets that were found closed, with the reason: they are not asked again for each image.
    var closed: [String: String] = [:]

    static let unmanaged = "RunPod's management API cannot be asked without a key, or beside another RUNPOD_API_BASE"
    static let noStorage = "set AWS_ACCESS_KEY and AWS_ACCESS_SECRET to have S3 looked at"

    func limits() async -> Checked<EndpointCheck.Limits> {
        guard let management else { return .notChecked(OutsideReadings.unmanaged) }
        let answer = await management.endpointFacts()
        guard let facts = answer.value else { return .notChecked(answer.fault ?? "") }
        return .known(EndpointCheck.Limits(mostWorkers: facts.mostWorkers, executionTimeout: facts.executionTimeout))
    }

    func balance() async -> Checked<Double> {
        guard let management else { return .notChecked(OutsideReadings.unmanaged) }
        let answer = await management.account()
        guard let account = answer.value else { return .notChecked(answer.fault ?? "") }
        return .known(Double(account.balance.microdollars) / 1e6)
    }

    func images(_ locations: [S3Location]) async -> Checked<[S3Location: ImageReading]> {
        guard !(store is UnseenImageStore) else { return .notChecked(OutsideReadings.noStorage) }
        if let reason = locations.lazy.compactMap({ closed[$0.bucket] }).first { return .notChecked(reason) }
        let findings = await store.inspect(all: locations)
        var readings: [S3Location: ImageReading] = [:]
        for (location, finding) in zip(locations, findings) { readings[location] = reading(finding) }
        return .known(readings)
    }

    /// One listing for each folder that holds images.
    func captions(_ locations: [S3Location]) async -> Checked<Int> {
        guard !(store is UnseenImageStore) else { return .notChecked(OutsideReadings.noStorage) }
        if let reason = locations.lazy.compactMap({ closed[$0.bucket] }).first { return .notChecked(reason) }
        var there: Set<S3Location> = []
        for folder in Set(locations.map(\.folder)) {
            switch await store.files(in: folder) {
            case .files(let files): there.formUnion(files)
            case .notListed(let reason): return .notChecked(reason)
            }
        }
        return .known(locations.count { there.contains($0.caption) })
    }

    private func reading(_ finding: ImageFinding) -> ImageReading {
        switch finding {
        case .present(let image):
            .present(
                ImageFacts(
                    sizeBytes: isSimulated ? nil : image.sizeBytes, etag: image.etag, format: ImageFormat(image.format),
                    width: image.width, height: image.height))
        case .absent: .missing
        case .broken(let words): .broken(words)
        case .forbidden(let words): .forbidden(words)
        case .unreachable(let words): .unreachable(words)
        case .notChecked: .unreachable("there is no access to the store")
        }
    }
}

extension ImageFormat {
    fileprivate init(_ format: StoredImage.Format) {
        self =
            switch format {
            case .png: .png
            case .jpeg: .jpeg
            case .webp: .webp
            }
    }
}
