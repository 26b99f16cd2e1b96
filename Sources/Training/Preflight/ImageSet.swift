/// The images of one training as they are recorded, and what was found where they should lie.
public struct ImageSet: Hashable, Sendable {
    public var data: TrainingData
    public var readings: Checked<[S3Location: ImageReading]>
    /// How many of the images have a caption file beside them.
    public var captions: Checked<Int>

    public init(data: TrainingData, readings: Checked<[S3Location: ImageReading]>, captions: Checked<Int>) {
        self.data = data
        self.readings = readings
        self.captions = captions
    }

    /// What would be sent: every address that S3 knows, once, in the manifest's order.
    public var sent: [S3Location] {
        var seen: Set<S3Location> = []
        return data.images.compactMap(\.address).compactMap(S3Location.init(parsing:)).filter { seen.insert($0).inserted }
    }

    /// Everything that is wrong with the images, with what to do about it. How many there are is judged by `Eligibility`.
    public func check() -> [Finding] {
        let found = addresses + formats + objects + captionCount
        guard found.objections.isEmpty else { return found }
        return [.ok("images", summary)] + found
    }

    private var summary: String {
        let looked = readings.value == nil ? "" : ", each there and readable"
        return "\(sent.count) image\(sent.count == 1 ? "" : "s") of \(data.name)\(looked)"
    }

    private var addresses: [Finding] {
        let given = data.images.compactMap(\.address).filter { !$0.isEmpty }
        var found: [Finding] = []
        let strange = given.filter { S3Location(parsing: $0) == nil }
        if let first = strange.first {
            found.append(
                .error(
                    "images.address", "\(counted(strange.count)) no address on S3: \(first.withoutQuery)",
                    remedy: "mend its s3_url in the manifest of \(data.name)"))
        }
        let doubles = given.count - strange.count - sent.count
        if doubles > 0 {
            found.append(
                .warning(
                    "images.doubled",
                    "\(given.count - strange.count) addresses are recorded and \(sent.count) are sent: \(doubles) stand there twice",
                    remedy: "remove the doubled entries from the manifest of \(data.name)"))
        }
        return found
    }

    /// The trainer tells images by the ending of their names and passes over the rest without a word.
    private var formats: [Finding] {
        let ignored = sent.filter { ImageFormat(fileName: $0.key) == nil }
        guard !ignored.isEmpty else { return [] }
        let names = ImageSet.names(ignored)
        if ignored.count == sent.count {
            return [
                .error(
                    "images.format", "no image has an ending that the trainer takes: \(names)",
                    remedy: "use .png, .jpg, .jpeg, .webp or .bmp")
            ]
        }
        return [
            .warning(
                "images.format", "\(ignored.count) of \(sent.count) images would be passed over by the trainer: \(names)",
                remedy: "use .png, .jpg, .jpeg, .webp or .bmp")
        ]
    }

    /// The request names images alone, so that whether captions are used is up to the worker; what lies there is counted.
    private var captionCount: [Finding] {
        switch captions {
        case .notChecked(let reason):
            // Where the images are not looked at either, that has been said.
            guard readings.value != nil else { return [] }
            return [.skipped("images.captions", "captions were not counted: \(reason)")]
        case .known(0):
            // That is how actors are trained.
            return [
                .note("images.captions", "no image has a caption (.txt) beside it; the trigger token alone is learned")
            ]
        case .known(sent.count):
            return [.note("images.captions", "each of the \(sent.count) images has a caption (.txt) beside it")]
        case .known(let count):
            return [
                .warning(
                    "images.captions", "\(count) of \(sent.count) images have a caption (.txt) beside them and the others none",
                    remedy: "caption all of them or none")
            ]
        }
    }

    private func counted(_ count: Int) -> String { count == 1 ? "one image has" : "\(count) images have" }

    /// The first three by name, and how many more.
    static func names(_ locations: [S3Location]) -> String {
        let names = locations.prefix(3).map { $0.key.split(separator: "/").last.map(String.init) ?? $0.key }
        return names.joined(separator: ", ") + (locations.count > 3 ? " and \(locations.count - 3) more" : "")
    }
}

extension S3Location {
    /// The folder that it lies in, with its slash at the end; an empty key for the top of the bucket.
    public var folder: S3Location {
        S3Location(bucket: bucket, key: key.lastIndex(of: "/").map { String(key[...$0]) } ?? "")
    }

    /// Where the trainer looks for the image's caption: the same name with the ending `.txt` (`caption_extension`).
    public var caption: S3Location {
        let name = key[(key.lastIndex(of: "/").map(key.index(after:)) ?? key.startIndex)...]
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
        return S3Location(bucket: bucket, key: folder.key + stem + ".txt")
    }
}
