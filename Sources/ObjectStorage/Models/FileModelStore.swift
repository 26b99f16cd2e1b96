import Crypto
public import Foundation
public import Training
public import TrainingPorts

/// Models in a folder on this machine, laid out as on S3: where the simulator's trainings put them.
public struct FileModelStore: ModelStore {
    public let folder: ModelFolder

    public init(folder: URL) { self.folder = ModelFolder(folder) }

    /// At the address that the job named, else anywhere in the folder under the model's name, padded or not.
    public func find(_ model: ModelName, address: String?) async -> ModelFinding {
        guard isReachable else {
            return .unreachable("the models folder \(folder.url.path(percentEncoded: false)) cannot be read")
        }
        if let address, let location = S3Location(parsing: address), let finding = finding(of: model, at: location) {
            return finding
        }
        var broken: ModelFinding?
        for found in folder.models() where found.model == model {
            guard let finding = finding(of: model, at: found.location) else { continue }
            if case .present = finding { return finding }
            broken = broken ?? finding
        }
        return broken ?? .absent
    }

    public func models(of actor: ActorID) async -> [ModelName] {
        var seen: Set<ModelName> = []
        return folder.models().map(\.model).filter { $0.actor == actor && seen.insert($0).inserted }
    }

    private var isReachable: Bool {
        let path = folder.url.path(percentEncoded: false)
        // A folder that does not exist yet holds no model: the first training makes it.
        return !FileManager.default.fileExists(atPath: path) || FileManager.default.isReadableFile(atPath: path)
    }

    /// What lies at a place; nil where nothing does.
    private func finding(of model: ModelName, at location: S3Location) -> ModelFinding? {
        guard let file = folder.file(of: location) else {
            return .broken("the address \(location) does not name a file of the models folder")
        }
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return nil }
        guard let name = location.key.split(separator: "/").last, ModelName(parsing: String(name)) == model else {
            return .broken("the model lies under \(location.key), which is not the name ordered, \(model.fileName)")
        }
        do {
            let content = [UInt8](try Data(contentsOf: file, options: .mappedIfSafe))
            let header = try SafetensorsHeader(parsing: content, fileSize: content.count)
            return .present(
                StoredModel(
                    location: location, sizeBytes: content.count, etag: Insecure.MD5.hash(data: content).hexadecimal,
                    lastModified: try modified(file), metadata: header.metadata))
        } catch let fault as SafetensorsFault {
            return .broken(fault.description)
        } catch {
            return .unreachable("\(location) cannot be read: \(error.localizedDescription)")
        }
    }

    private func modified(_ file: URL) throws -> Timestamp {
        let date = try file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
        return Timestamp(milliseconds: Int64(((date?.timeIntervalSince1970 ?? 0) * 1000).rounded()))
    }
}
