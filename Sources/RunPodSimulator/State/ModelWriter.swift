import Foundation
import ObjectStorage
import Training
import TrainingPorts

/// Puts a simulated model where the engine's `ModelStore` looks, whole or not at all.
struct ModelWriter {
    private let folder: ModelFolder

    init(_ url: URL) { folder = ModelFolder(url) }

    func write(_ bytes: [UInt8], to location: S3Location) throws(PortError) {
        guard let file = folder.file(of: location) else {
            throw PortError(.refused, "\(location) names no file of the models folder")
        }
        do {
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw PortError(.notWritable, "the folder of \(location) cannot be made", cause: error)
        }
        try DurableFile.replace(file.path(percentEncoded: false), with: bytes)
    }
}
