public import Foundation
import ObjectStorage
public import Training
public import TrainingPorts

/// The images of a simulation: each that is asked for is there, invented from its own address, so that the demo can be checked
/// without a network. A file under `FOLDER/BUCKET/KEY` takes an image's place, an empty or a broken one too; a file with `.missing`
/// after its name makes the image absent.
public struct SimulatedImageStore: ImageStore {
    private let files: FileImageStore
    private let isForbidden: Bool

    /// - Parameter isForbidden: the simulator was started with the fault `bucket-forbidden`.
    public init(folder: URL, isForbidden: Bool = false) {
        files = FileImageStore(folder: folder)
        self.isForbidden = isForbidden
    }

    public func inspect(_ image: S3Location) async -> ImageFinding {
        if isForbidden { return .forbidden(SimulatedImageStore.refusal(image.bucket)) }
        if let mark = files.folder.file(of: S3Location(bucket: image.bucket, key: image.key + ".missing")),
            FileManager.default.fileExists(atPath: mark.path(percentEncoded: false))
        {
            return .absent
        }
        let finding = await files.inspect(image)
        guard case .absent = finding else { return finding }
        let etag = SimulatedImageStore.digest(image.description) + SimulatedImageStore.digest(image.key)
        let size = 190_000 + Int(SimulatedImageStore.hash(image.description) % 230_000)
        let format: StoredImage.Format = image.key.hasSuffix(".webp") ? .webp : image.key.hasSuffix(".png") ? .png : .jpeg
        return .present(
            StoredImage(location: image, sizeBytes: size, etag: etag, format: format, width: 1024, height: 1024))
    }

    /// Only what somebody has laid there: what is invented is images, and they have no captions.
    public func files(in folder: S3Location) async -> FolderListing {
        if isForbidden { return .notListed(SimulatedImageStore.refusal(folder.bucket)) }
        return await files.files(in: folder)
    }

    public func access(to folder: S3Location, example: S3Location?) async -> StoreAccess {
        isForbidden ? .forbidden(SimulatedImageStore.refusal(folder.bucket)) : .open
    }

    private static func refusal(_ bucket: String) -> String {
        "S3 forbids it: allow s3:GetObject and s3:ListBucket on the bucket \(bucket) in the policy of this access key"
    }

    /// 64-bit FNV-1a: the same in every run, as Swift's own hash is not.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    private static func digest(_ text: String) -> String {
        let hex = String(hash(text), radix: 16)
        return String(repeating: "0", count: 16 - hex.count) + hex
    }
}
