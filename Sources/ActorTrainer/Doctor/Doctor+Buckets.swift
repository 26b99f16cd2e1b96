import Training
import TrainingPorts

extension Doctor {
    /// Opens each bucket that the project's images and models lie in, so that one that lets nobody in is found without naming an actor.
    struct Buckets {
        let store: any ImageStore
        let maker: any ActorMaker
        /// Whose images to look for; the buckets of all models are looked at.
        let actors: [ActorID]

        /// One folder of a bucket and an object that is recorded there.
        private struct Place {
            var folder: S3Location
            var example: S3Location
            var holds: String
        }

        /// - Returns: what was found, and the buckets that are not open with the reason: nothing in them is worth another question.
        func examine(_ cast: [ActorProfile]) async -> (findings: [Finding], closed: [String: String]) {
            let places = await images() + Buckets.models(of: cast)
            guard !places.isEmpty else {
                return ([.note("s3", "a key pair is set, and no image or model is recorded to try it on")], [:])
            }
            var found: [Finding] = []
            var closed: [String: String] = [:]
            var isStopped = false
            for bucket in Set(places.map(\.folder.bucket)).sorted() {
                // A wrong key pair or a dead server is wrong for each bucket, and waited for once.
                guard !isStopped else {
                    closed[bucket] = "S3 could not be asked"
                    continue
                }
                let own = places.filter { $0.folder.bucket == bucket }
                var answers: [StoreAccess] = []
                for place in own where answers.allSatisfy(\.isOpen) {
                    answers.append(await store.access(to: place.folder, example: place.example))
                }
                guard let fault = answers.first(where: { $0 != .open }) else {
                    found.append(.ok("s3", "the bucket \(bucket) lets us in: \(own.map(\.holds).joined(separator: " and "))"))
                    continue
                }
                found += [fault.finding(bucket)].compactMap(\.self)
                isStopped = fault.isCommon
                if !fault.isOpen { closed[bucket] = "the bucket \(bucket) could not be opened" }
            }
            return (found, closed)
        }

        /// The first image of the first actor in each bucket.
        private func images() async -> [Place] {
            var places: [String: Place] = [:]
            for actor in actors {
                let data = try? await maker.trainingData(of: actor)
                for location in ImageSet.sent(of: data) where places[location.bucket] == nil {
                    places[location.bucket] = Place(folder: location.folder, example: location, holds: "images")
                }
            }
            return Array(places.values)
        }

        private static func models(of cast: [ActorProfile]) -> [Place] {
            let addresses = cast.flatMap { $0.models.compactMap(\.address) + $0.versions.compactMap(\.address) }
            var places: [String: Place] = [:]
            for case let location? in addresses.map(S3Location.init(parsing:)) where places[location.bucket] == nil {
                places[location.bucket] = Place(folder: location.folder, example: location, holds: "models")
            }
            return Array(places.values)
        }
    }
}

extension ImageSet {
    fileprivate static func sent(of data: TrainingData?) -> [S3Location] {
        data.map { ImageSet(data: $0, readings: .notChecked(""), captions: .notChecked("")).sent } ?? []
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
