import Foundation
import ObjectStorage
import Training
import TrainingPorts

/// Puts a simulated model where the engine's `ModelStore` looks, whole or not at all.
struct ModelWriter {
    private let folder: ModelFolder

    init(_ url: URL) { folder = ModelFolder(url) }

    /// - Parameter time: the simulation's own: the file bears it, as an object on S3 bears the time at which it was uploaded.
    func write(_ bytes: [UInt8], to location: S3Location, at time: Timestamp) throws(PortError) {
        guard let file = folder.file(of: location) else {
            throw PortError(.refused, "\(location) names no file of the models folder")
        }
        do {
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw PortError(.notWritable, "the folder of \(location) cannot be made", cause: error)
        }
        let path = file.path(percentEncoded: false)
        try DurableFile.replace(path, with: bytes)
        let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        do { try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path) } catch {
            throw PortError(.notWritable, "the time of \(location) cannot be set", cause: error)
        }
    }
}
