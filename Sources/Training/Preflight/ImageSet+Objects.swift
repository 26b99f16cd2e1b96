/// What was found where the images should lie.
extension ImageSet {
    /// Below this an image is enlarged, and its blur is learned.
    private static let leastPixels = 256
    /// Above this the worker is busy downloading; a picture of 4096 x 4096 has less.
    private static let largestBytes = 64 << 20

    var objects: [Finding] {
        switch readings {
        case .notChecked(let reason): return [.skipped("images.there", "the images were not looked at: \(reason)")]
        case .known(let readings):
            let access = access(readings)
            guard access.isEmpty else { return access }
            return missing(readings) + broken(readings) + contents(readings) + recordedSizes(readings) + sameBytes(readings)
        }
    }

    private func locations(_ readings: [S3Location: ImageReading], _ matches: (ImageReading) -> Bool) -> [S3Location] {
        sent.filter { readings[$0].map(matches) ?? false }
    }

    /// A bucket that lets nobody in is one finding, not one an image.
    private func access(_ readings: [S3Location: ImageReading]) -> [Finding] {
        var found: [Finding] = []
        var words: [String: String] = [:]
        for location in sent {
            if case .forbidden(let sentence) = readings[location], words[location.bucket] == nil {
                words[location.bucket] = sentence
            }
        }
        for (bucket, sentence) in words.sorted(by: { $0.key < $1.key }) {
            found.append(
                .error(
                    "images.access", "the bucket \(bucket) may not be read: \(sentence)",
                    remedy: "allow s3:GetObject and s3:ListBucket on \(bucket) for the key in AWS_ACCESS_KEY"))
        }
        let lost = sent.compactMap { location -> String? in
            if case .unreachable(let sentence) = readings[location] { sentence } else { nil }
        }
        if let sentence = lost.first {
            found.append(
                .error(
                    "images.unreachable", "\(lost.count) of \(sent.count) images could not be looked at: \(sentence)",
                    remedy: "try again, or check the way to S3"))
        }
        return found
    }

    private func missing(_ readings: [S3Location: ImageReading]) -> [Finding] {
        let missing = locations(readings) { $0 == .missing }
        guard !missing.isEmpty else { return [] }
        let verb = missing.count == 1 ? "image is" : "images are"
        return [
            .error(
                "images.missing", "\(missing.count) \(verb) not on S3: \(ImageSet.names(missing))",
                remedy: "upload again, or take the entries out of the manifest of \(data.name)")
        ]
    }

    /// Each by its own words, the first three of them.
    private func broken(_ readings: [S3Location: ImageReading]) -> [Finding] {
        let all = sent.compactMap { location -> String? in
            if case .broken(let words) = readings[location] { "\(ImageSet.names([location])): \(words)" } else { nil }
        }
        guard !all.isEmpty else { return [] }
        let more = all.count > 3 ? ", and \(all.count - 3) more" : ""
        return [
            .error(
                "images.content", "no image to train on: \(all.prefix(3).joined(separator: "; "))\(more)",
                remedy: "upload the pictures themselves")
        ]
    }

    private func contents(_ readings: [S3Location: ImageReading]) -> [Finding] {
        func having(_ matches: (ImageFacts) -> Bool) -> [S3Location] {
            locations(readings) { if case .present(let facts) = $0 { matches(facts) } else { false } }
        }
        var found: [Finding] = []
        let empty = having { $0.sizeBytes == 0 }
        if !empty.isEmpty {
            found.append(.error("images.empty", "empty on S3: \(ImageSet.names(empty))", remedy: "upload these again"))
        }
        let foreign = having { $0.format == .other && $0.sizeBytes != 0 }
        if !foreign.isEmpty {
            found.append(
                .error("images.content", "no image inside: \(ImageSet.names(foreign))", remedy: "upload the pictures themselves"))
        }
        let small = having { min($0.width ?? .max, $0.height ?? .max) < ImageSet.leastPixels }
        if !small.isEmpty {
            found.append(
                .warning(
                    "images.small", "below \(ImageSet.leastPixels) pixels: \(ImageSet.names(small))",
                    remedy: "use larger pictures; these are enlarged, and the blur is learned"))
        }
        let large = having { $0.sizeBytes ?? 0 > ImageSet.largestBytes }
        if !large.isEmpty {
            found.append(
                .warning(
                    "images.large", "over \(ImageSet.largestBytes >> 20) MiB: \(ImageSet.names(large))",
                    remedy: "save them smaller; the worker is paid while it loads them"))
        }
        return found
    }

    private func recordedSizes(_ readings: [S3Location: ImageReading]) -> [Finding] {
        let other = data.images.compactMap { image -> S3Location? in
            guard let location = image.address.flatMap(S3Location.init(parsing:)), let size = image.sizeBytes,
                case .present(let facts) = readings[location], let stored = facts.sizeBytes, stored > 0, stored != size
            else { return nil }
            return location
        }
        guard !other.isEmpty else { return [] }
        return [
            .warning(
                "images.changed", "not of the size that the manifest records: \(ImageSet.names(other))",
                remedy: "look whether these are the pictures that were approved, and sync the manifest")
        ]
    }

    private func sameBytes(_ readings: [S3Location: ImageReading]) -> [Finding] {
        var first: [String: S3Location] = [:]
        var pairs: [String] = []
        for location in sent {
            guard case .present(let facts) = readings[location], let etag = facts.etag, facts.sizeBytes != 0 else { continue }
            guard let earlier = first["\(etag) \(facts.sizeBytes ?? 0)"] else {
                first["\(etag) \(facts.sizeBytes ?? 0)"] = location
                continue
            }
            pairs.append("\(ImageSet.names([location])) is \(ImageSet.names([earlier]))")
        }
        guard let pair = pairs.first else { return [] }
        let more = pairs.count > 1 ? ", and \(pairs.count - 1) more" : ""
        return [
            .warning(
                "images.same", "the same picture under two names: \(pair)\(more)",
                remedy: "leave one of each, or it counts twice in the training")
        ]
    }
}
