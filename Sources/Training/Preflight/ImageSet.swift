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
                    "images.address", "\(counted(strange.count)) no address on S3: \(S3Location.withoutQuery(first))",
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

    private var captionCount: [Finding] {
        guard case .known(let count) = captions, count < sent.count else { return [] }
        // Without any the trigger token alone is learned, which is how actors are trained.
        if count == 0 { return [.note("images.captions", "no image has a caption; the trigger token alone is learned")] }
        return [
            .warning(
                "images.captions", "\(count) of \(sent.count) images have a caption and the others none",
                remedy: "caption all of them or none")
        ]
    }

    private func counted(_ count: Int) -> String { count == 1 ? "one image has" : "\(count) images have" }

    /// The first three by name, and how many more.
    static func names(_ locations: [S3Location]) -> String {
        let names = locations.prefix(3).map { $0.key.split(separator: "/").last.map(String.init) ?? $0.key }
        return names.joined(separator: ", ") + (locations.count > 3 ? " and \(locations.count - 3) more" : "")
    }
}

extension S3Location {
    /// An address without what follows a `?`: it may be a signature.
    static func withoutQuery(_ address: String) -> String { String(address.prefix { $0 != "?" && $0 != "#" }) }
}
