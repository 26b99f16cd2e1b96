import Training
import TrainingPorts

extension Doctor {
    /// Opens each bucket that the project's images and models lie in, once, however many actors lie there: one that lets nobody in is
    /// found without naming an actor.
    struct Buckets {
        let store: any ImageStore

        /// One folder of a bucket and an object that is recorded there.
        private struct Place {
            var example: S3Location
            var holds: String
        }

        /// - Returns: what was found, and the buckets that are not open with the reason: nothing in them is worth another question.
        func examine(_ cast: [ActorProfile]) async -> (findings: [Finding], closed: [String: String]) {
            let places =
                Buckets.places(of: cast.flatMap(\.firstImages), holding: "images")
                + Buckets.places(of: cast.flatMap(\.modelLocations), holding: "models")
            guard !places.isEmpty else {
                return ([.note("s3", "a key pair is set, and no image or model is recorded to try it on")], [:])
            }
            var found: [Finding] = []
            var closed: [String: String] = [:]
            var isStopped = false
            let buckets = Set(places.map(\.example.bucket)).sorted()
            for bucket in buckets {
                // A wrong key pair or a dead server is wrong for each bucket, and waited for once.
                guard !isStopped else {
                    closed[bucket] = "S3 could not be asked"
                    continue
                }
                let own = places.filter { $0.example.bucket == bucket }
                var answers: [StoreAccess] = []
                for place in own where answers.allSatisfy(\.isOpen) {
                    answers.append(await store.access(to: place.example.folder, example: place.example))
                }
                guard let fault = answers.first(where: { $0 != .open }) else {
                    found.append(.ok("s3", "the bucket \(bucket) lets us in: \(own.map(\.holds).joined(separator: " and "))"))
                    continue
                }
                found += [fault.finding(bucket)].compactMap(\.self)
                isStopped = fault.isCommon
                if !fault.isOpen { closed[bucket] = "the bucket \(bucket) could not be opened" }
            }
            let asked =
                isStopped
                ? "only the first of \(Buckets.counted(buckets.count, "bucket"))" : Buckets.counted(buckets.count, "bucket")
            return (found + [Buckets.summary(of: cast, asked: asked)], closed)
        }

        /// How many of what was looked at: a bucket that nobody named is nobody's word that it is open.
        private static func summary(of cast: [ActorProfile], asked: String) -> Finding {
            let owners = cast.filter { $0.images.onS3 > 0 }
            let told = owners.count { !$0.firstImages.isEmpty }
            let models = cast.count { !$0.modelLocations.isEmpty }
            let whose = told == owners.count ? counted(told, "actor") : "\(told) of \(counted(owners.count, "actor"))"
            let rest = told == owners.count ? "" : "; where the others' lie is not told before they are approved or named"
            return .note("s3", "\(asked) looked at, for the images of \(whose) and the models of \(models)\(rest)")
        }

        private static func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

        /// The first location in each bucket.
        private static func places(of locations: [S3Location], holding things: String) -> [Place] {
            var buckets: Set<String> = []
            return locations.filter { buckets.insert($0.bucket).inserted }.map { Place(example: $0, holds: things) }
        }
    }
}

extension ActorProfile {
    fileprivate var modelLocations: [S3Location] {
        (models.compactMap(\.address) + versions.compactMap(\.address)).compactMap(S3Location.init(parsing:))
    }
}

extension StoreAccess {
    /// Whether what lies there can be read.
    var isOpen: Bool {
        switch self {
        case .open, .unlisted, .notChecked: true
        case .forbidden, .wrongKey, .noBucket, .unreachable: false
        }
    }

    /// Whether it says nothing of this bucket alone.
    var isCommon: Bool {
        switch self {
        case .wrongKey, .unreachable: true
        case .open, .unlisted, .forbidden, .noBucket, .notChecked: false
        }
    }

    func finding(_ bucket: String) -> Finding? {
        let key = "the key in AWS_ACCESS_KEY"
        return switch self {
        case .open, .notChecked: nil
        case .unlisted(let words):
            .warning(
                "s3.list", "the bucket \(bucket) may be read and not listed: \(words)",
                remedy: "allow s3:ListBucket on \(bucket) for \(key); without it a missing file looks forbidden")
        case .forbidden(let words):
            .error(
                "s3.access", "the bucket \(bucket) may not be read: \(words)",
                remedy: "allow s3:GetObject and s3:ListBucket on \(bucket) for \(key)")
        case .wrongKey(let words):
            .error("s3.key", words, remedy: "copy AWS_ACCESS_KEY and AWS_ACCESS_SECRET anew from AWS IAM into .env")
        case .noBucket(let words):
            .error(
                "s3.bucket", words, remedy: "mend the bucket's name in the manifests, or set AWS_ENDPOINT_URL_S3 to its server")
        case .unreachable(let words):
            .error("s3.reach", words, remedy: "check the network, AWS_REGION and AWS_ENDPOINT_URL_S3, and try again")
        }
    }
}
