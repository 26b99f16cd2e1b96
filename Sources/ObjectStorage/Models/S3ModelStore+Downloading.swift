import Foundation
public import Training
public import TrainingPorts

extension S3ModelStore: ModelDownloads {
    public func download(_ model: S3Location, to path: String) async throws(PortError) -> DownloadedModel {
        guard !FileManager.default.fileExists(atPath: path) else { throw PortError.isThere(path) }
        do {
            let (header, _) = try await header(at: model)
            let hash = header.metadata["sshs_model_hash"]
            let object = try await client.download(model, to: path, hashFrom: 8 + header.length, sha256: hash)
            return DownloadedModel(sizeBytes: object.sizeBytes, isHashChecked: hash != nil)
        } catch let error as S3Error {
            throw PortError(error.portCode, error.message, cause: error)
        } catch {
            throw PortError(.corrupted, "\(model) is no whole model: \(error)", cause: error)
        }
    }
}

extension PortError {
    static func isThere(_ path: String) -> PortError {
        PortError(.conflict, "\(path) is there already; remove it, or choose another folder")
    }
}

extension S3Error {
    fileprivate var portCode: PortError.Code {
        switch code {
        case .noSuchKey, .noSuchBucket: .notFound
        case .forbidden, .badCredentials, .clock, .wrongRegion: .refused
        case .busy, .unreachable: .unreachable
        case .changed, .corrupted: .corrupted
        case .outOfRange, .invalidAnswer: .invalidAnswer
        case .notWritable: .notWritable
        }
    }
}
