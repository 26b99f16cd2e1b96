public import Training

/// Where the images of a training lie: tells of each what a check before paying needs to know, and fetches no whole image.
public protocol ImageStore: Sendable {
    func inspect(_ image: S3Location) async -> ImageFinding
    /// What lies in one folder, without what lies in the folders below it.
    /// - Parameter folder: a key's beginning with its slash at the end, or an empty one for the top of the bucket.
    func files(in folder: S3Location) async -> FolderListing
    /// Whether a bucket lets us in.
    /// - Parameters:
    ///   - folder: what is listed of it.
    ///   - example: an object that is recorded there; that it is missing is no objection here. Nil reads none.
    func access(to folder: S3Location, example: S3Location?) async -> StoreAccess
}

/// The objects of one folder.
public enum FolderListing: Hashable, Sendable {
    case files([S3Location])
    /// It could not be listed, for want of a right, an answer or an access; a sentence.
    case notListed(String)
}

/// How a bucket answers to the key pair that is set; each fault is a sentence that says what to do.
public enum StoreAccess: Hashable, Sendable {
    case open
    /// Its objects may be read and not listed.
    case unlisted(String)
    case forbidden(String)
    /// The key pair itself is wrong, whatever the bucket.
    case wrongKey(String)
    case noBucket(String)
    case unreachable(String)
    case notChecked
}

/// What a look at one image found.
public enum ImageFinding: Hashable, Sendable {
    case present(StoredImage)
    /// It was looked for, and it is not there.
    case absent
    /// It is there and is no image that can be trained on: `the file is empty`.
    case broken(String)
    /// It may not be read; a sentence that says what to allow.
    case forbidden(String)
    /// It could not be looked for: a fault that may pass.
    case unreachable(String)
    /// There is no access to the store.
    case notChecked
}

/// An image that is there, by its first bytes.
public struct StoredImage: Hashable, Sendable {
    /// The formats that the trainer reads.
    public enum Format: String, Hashable, Sendable {
        case png, jpeg, webp
    }

    public var location: S3Location
    public var sizeBytes: Int
    /// Alike for two images of the same bytes, unless one was uploaded in parts.
    public var etag: String
    /// By the first bytes, whatever the name says.
    public var format: Format
    /// In pixels, as stored: a rotation that the file asks for is not applied.
    public var width: Int
    public var height: Int

    public init(location: S3Location, sizeBytes: Int, etag: String, format: Format, width: Int, height: Int) {
        self.location = location
        self.sizeBytes = sizeBytes
        self.etag = etag
        self.format = format
        self.width = width
        self.height = height
    }
}

extension ImageStore {
    /// Looks at many images, some of them at once; the findings come in the images' order.
    public func inspect(all images: [S3Location], atOnce: Int = 8) async -> [ImageFinding] {
        await withTaskGroup(of: (Int, ImageFinding).self) { group in
            var findings = [ImageFinding](repeating: .notChecked, count: images.count)
            for (index, image) in images.enumerated() {
                if index >= max(1, atOnce), let (done, finding) = await group.next() { findings[done] = finding }
                group.addTask { (index, await self.inspect(image)) }
            }
            for await (done, finding) in group { findings[done] = finding }
            return findings
        }
    }
}
