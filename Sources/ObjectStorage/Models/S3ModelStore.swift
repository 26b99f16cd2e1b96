public import Training
public import TrainingPorts

/// Models on S3. Of each only the header is read, which proves that the file is whole; nothing is downloaded but that.
public struct S3ModelStore: ModelStore {
    /// A FLUX LoRA's header has about 114 kB.
    static let firstBytes = 256 << 10
    /// No LoRA has a longer header; a file that claims one is none.
    static let mostBytes = 16 << 20

    let client: S3Client
    /// Where models lie: buckets, and keys' beginnings with their slash at the end.
    private let folders: @Sendable () async -> [S3Location]

    /// - Parameter folders: asked when a job named no address, and for an actor's models.
    public init(client: S3Client, folders: @escaping @Sendable () async -> [S3Location]) {
        self.client = client
        self.folders = folders
    }

    /// At the address that the job named, else in the known folders under the model's name, padded or not.
    public func find(_ model: ModelName, address: String?) async -> ModelFinding {
        do {
            if let address, let location = S3Location(parsing: address), let finding = try await finding(of: model, at: location)
            {
                return finding
            }
            var broken: ModelFinding?
            for folder in await folders() {
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

    public func models(of actor: ActorID) async -> [ModelName] {
        var seen: Set<ModelName> = []
        for folder in await folders() {
            for stem in Set(["actor_\(actor.padded)_", "actor_\(actor.rawValue)_"]) {
                // Without the permission to list, journal, versions and manifest number the next version.
                guard let page = try? await client.list(folder.bucket, prefix: folder.key + stem, delimiter: "/") else {
                    continue
                }
                for object in page.objects {
                    guard let model = S3ModelStore.name(of: object.location), model.actor == actor else { continue }
                    seen.insert(model)
                }
            }
        }
        return seen.sorted { $0.version < $1.version }
    }

    static func fileNames(of model: ModelName) -> [String] {
        let plain = "actor_\(model.actor.rawValue)_\(model.version).safetensors"
        return plain == model.fileName ? [plain] : [model.fileName, plain]
    }

    private static func name(of location: S3Location) -> ModelName? {
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
