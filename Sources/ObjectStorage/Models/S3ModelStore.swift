public import Training
public import TrainingPorts

/// Models on S3. Of each only the header is read, which proves that the file is whole; nothing is downloaded but that.
public struct S3ModelStore: ModelStore {
    /// Says where models lie; none where nobody knows yet. Throws where that cannot be told now.
    public typealias Folders = @Sendable () async throws(PortError) -> [S3Location]

    /// A FLUX LoRA's header has about 114 kB.
    static let firstBytes = 256 << 10
    /// No LoRA has a longer header; a file that claims one is none.
    static let mostBytes = 16 << 20

    let client: S3Client
    /// Where models lie: buckets, and keys' beginnings with their slash at the end.
    let folders: Folders

    /// - Parameter folders: asked when a job named no address, and for an actor's models.
    public init(client: S3Client, folders: @escaping Folders) {
        self.client = client
        self.folders = folders
    }

    /// At the address that the job named, else in the known folders under the model's name, padded or not.
    ///
    /// It is absent only where some place was looked at: without an address and without a folder it is not checked, and where the
    /// folders cannot be told it is unreachable. An address at which nothing lies is a place that was looked at.
    public func find(_ model: ModelName, address: String?) async -> ModelFinding {
        do {
            let named = address.flatMap(S3Location.init(parsing:))
            if let named, let finding = try await finding(of: model, at: named) { return finding }
            let known: [S3Location]
            do { known = try await folders() } catch { return .unreachable(error.message) }
            guard named != nil || !known.isEmpty else { return .notChecked }
            var broken: ModelFinding?
            for folder in known {
                for name in S3ModelStore.fileNames(of: model) {
                    let location = S3Location(bucket: folder.bucket, key: folder.key + name)
                    guard let finding = try await finding(of: model, at: location) else { continue }
                    if case .present = finding { return finding }
                    broken = broken ?? finding
                }
            }
            return broken ?? .absent
        } catch {
            return .unreachable(error.message)
        }
    }

    static func fileNames(of model: ModelName) -> [String] {
        let plain = "actor_\(model.actor.rawValue)_\(model.version).safetensors"
        return plain == model.fileName ? [plain] : [model.fileName, plain]
    }

    static func name(of location: S3Location) -> ModelName? {
        location.key.split(separator: "/").last.flatMap { ModelName(parsing: String($0)) }
    }

    /// What lies at a place; nil where nothing does.
    private func finding(of model: ModelName, at location: S3Location) async throws(S3Error) -> ModelFinding? {
        guard S3ModelStore.name(of: location) == model else {
            return .broken("the model lies under \(location.key), which is not the name ordered, \(model.fileName)")
        }
        do {
            let (header, object) = try await header(at: location)
            guard let modified = object.lastModified else {
                throw S3Error(.invalidAnswer, "S3 does not say when \(location) was written")
            }
            return .present(
                StoredModel(
                    location: location, sizeBytes: object.sizeBytes, etag: object.etag, lastModified: modified,
                    metadata: header.metadata))
        } catch let fault as SafetensorsFault {
            return .broken(fault.description)
        } catch let error as S3Error {
            switch error.code {
            case .noSuchKey: return nil
            case .outOfRange: return .broken(SafetensorsFault.empty.description)
            default: throw error
            }
        } catch {
            throw S3Error(.invalidAnswer, "\(location) cannot be read", cause: error)
        }
    }

    /// The header of the object, of one and the same version of it.
    func header(at location: S3Location) async throws -> (SafetensorsHeader, S3Object) {
        var piece = try await client.read(location, 0..<S3ModelStore.firstBytes)
        let size = piece.object.sizeBytes
        let needed = try SafetensorsHeader.neededBytes(prefix: piece.bytes, fileSize: size)
        guard needed <= S3ModelStore.mostBytes else { throw SafetensorsFault.headerTooLarge(UInt64(needed - 8)) }
        if needed > piece.bytes.count {
            piece = try await client.read(location, 0..<needed, matching: piece.object.etag)
        }
        return (try SafetensorsHeader(parsing: piece.bytes, fileSize: size), piece.object)
    }
}
