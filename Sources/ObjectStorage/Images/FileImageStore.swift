import Crypto
public import Foundation
public import Training
public import TrainingPorts

/// Images in a folder on this machine, laid out as on S3: `FOLDER/BUCKET/KEY`.
public struct FileImageStore: ImageStore {
    public let folder: ModelFolder

    public init(folder: URL) { self.folder = ModelFolder(folder) }

    public func inspect(_ image: S3Location) async -> ImageFinding {
        guard let file = folder.file(of: image) else {
            return .broken("the address \(image) does not name a file of the images folder")
        }
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return .absent }
        do {
            let content = [UInt8](try Data(contentsOf: file, options: .mappedIfSafe))
            let etag = Insecure.MD5.hash(data: content).hexadecimal
            return ImageHeader.read(content).finding(image, sizeBytes: content.count, etag: etag)
        } catch {
            return .forbidden("\(image) cannot be read: \(error.localizedDescription)")
        }
    }

    public func files(in folder: S3Location) async -> FolderListing { .files(self.folder.files(in: folder)) }

    public func access(to folder: S3Location, example: S3Location?) async -> StoreAccess { .open }
}
