import Crypto
import Foundation
public import Training
public import TrainingPorts

extension FileModelStore: ModelDownloads {
    /// A copy, held against the hash in the file as a download from S3 is.
    public func download(_ model: S3Location, to path: String) async throws(PortError) -> DownloadedModel {
        guard !FileManager.default.fileExists(atPath: path) else { throw PortError.isThere(path) }
        guard let file = folder.file(of: model), FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else {
            throw PortError(.notFound, "\(model) is not there")
        }
        let content: [UInt8]
        let hash: String?
        do {
            content = [UInt8](try Data(contentsOf: file, options: .mappedIfSafe))
            let header = try SafetensorsHeader(parsing: content, fileSize: content.count)
            hash = header.metadata["sshs_model_hash"]
            if let hash, SHA256.hash(data: content.dropFirst(8 + header.length)).hexadecimal != hash.lowercased() {
                throw PortError(.corrupted, "\(model) has another hash than its own (\(hash.prefix(8))…)")
            }
        } catch let error as PortError {
            throw error
        } catch {
            throw PortError(.corrupted, "\(model) is no whole model: \(error)", cause: error)
        }
        let part = "\(path).\(UUID().uuidString).part"
        do {
            try Data(content).write(to: URL(filePath: part))
            try FileManager.default.moveItem(atPath: part, toPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: part)
            throw PortError(.notWritable, "\(path) cannot be written", cause: error)
        }
        return DownloadedModel(sizeBytes: content.count, isHashChecked: hash != nil)
    }
}
