public import Foundation
public import Training

/// Where an object of a bucket lies in a folder on this machine: `FOLDER/BUCKET/KEY`.
public struct ModelFolder: Hashable, Sendable {
    public let url: URL

    public init(_ url: URL) { self.url = url }

    /// The file of an object; nil where bucket or key would lead out of the folder or mean another file than they say.
    public func file(of location: S3Location) -> URL? {
        let parts = [location.bucket] + location.key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy(ModelFolder.isPlain) else { return nil }
        return parts.reduce(url) { $0.appending(path: $1, directoryHint: .notDirectory) }
    }

    /// An empty part would be a doubled or leading slash, which a file system folds together and S3 does not.
    private static func isPlain(_ part: String) -> Bool {
        !part.isEmpty && part != "." && part != ".." && !part.utf8.contains(0) && !part.utf8.contains(UInt8(ascii: "\\"))
    }

    /// All objects whose key ends in a model's file name, in the order of their keys. Symbolic links are not followed.
    public func models() -> [(model: ModelName, location: S3Location)] {
        let base = url.resolvingSymlinksInPath().path(percentEncoded: false)
        let prefix = base.hasSuffix("/") ? base : base + "/"
        let keys: [URLResourceKey] = [.isRegularFileKey]
        guard let walk = FileManager.default.enumerator(at: url.resolvingSymlinksInPath(), includingPropertiesForKeys: keys)
        else {
            return []
        }
        var found: [(model: ModelName, location: S3Location)] = []
        for case let file as URL in walk {
            guard let model = ModelName(parsing: file.lastPathComponent), file.pathExtension == "safetensors",
                (try? file.resourceValues(forKeys: Set(keys)))?.isRegularFile == true
            else { continue }
            let path = file.path(percentEncoded: false)
            guard path.hasPrefix(prefix) else { continue }
            let parts = path.dropFirst(prefix.count).split(separator: "/", maxSplits: 1)
            guard parts.count == 2 else { continue }
            found.append((model, S3Location(bucket: String(parts[0]), key: String(parts[1]))))
        }
        return found.sorted { $0.location.description < $1.location.description }
    }

    /// The objects of one folder, in the order of their keys; none where there is no such folder.
    func files(in folder: S3Location) -> [S3Location] {
        let mark = S3Location(bucket: folder.bucket, key: folder.key + "-")
        guard let place = file(of: mark)?.deletingLastPathComponent() else { return [] }
        let keys: Set<URLResourceKey> = [.isRegularFileKey]
        let entries = try? FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: Array(keys))
        return (entries ?? []).filter { (try? $0.resourceValues(forKeys: keys))?.isRegularFile == true }
            .map { S3Location(bucket: folder.bucket, key: folder.key + $0.lastPathComponent) }
            .sorted { $0.key < $1.key }
    }
}
