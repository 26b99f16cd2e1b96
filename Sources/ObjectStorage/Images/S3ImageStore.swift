public import Training
public import TrainingPorts

/// The images of a training on S3. Of each only the first bytes are read, which tell its size, ETag, format and measures at once.
public struct S3ImageStore: ImageStore {
    /// Enough for all but images with much metadata at their front.
    static let firstBytes = 32 << 10
    /// Where a JPEG carries a preview and profiles before its size.
    static let mostBytes = 1 << 20

    let client: S3Client

    public init(client: S3Client) { self.client = client }

    public func inspect(_ image: S3Location) async -> ImageFinding {
        do {
            var piece = try await client.read(image, 0..<S3ImageStore.firstBytes)
            var reading = ImageHeader.read(piece.bytes)
            if reading == .needsMore, piece.bytes.count < piece.object.sizeBytes {
                piece = try await client.read(image, 0..<S3ImageStore.mostBytes, matching: piece.object.etag)
                reading = ImageHeader.read(piece.bytes)
            }
            return reading.finding(image, sizeBytes: piece.object.sizeBytes, etag: piece.object.etag)
        } catch {
            switch error.code {
            case .noSuchKey: return .absent
            case .outOfRange: return .broken("the file is empty")
            case .forbidden, .badCredentials: return .forbidden(error.message)
            default: return .unreachable(error.message)
            }
        }
    }
}

extension ImageHeader.Reading {
    func finding(_ location: S3Location, sizeBytes: Int, etag: String) -> ImageFinding {
        guard sizeBytes > 0 else { return .broken("the file is empty") }
        switch self {
        case .image(let header):
            return .present(
                StoredImage(
                    location: location, sizeBytes: sizeBytes, etag: etag, format: header.format, width: header.width,
                    height: header.height))
        case .needsMore: return .broken("the file is cut off before its measures")
        case .notAnImage: return .broken("the file is no PNG, JPEG or WebP image")
        }
    }
}
