/// Replaces files as a whole: at no time is there half a file, and a change that somebody else made meanwhile is never written over.
struct FileReplacer: Sendable {
    /// The folder, without symbolic links, that no write may leave.
    let root: String
    /// Puts bytes into the temporary file and onto the disk; another one makes the disk full in a test.
    var put: @Sendable ([UInt8], Int32, String) throws(DiskError) -> Void = Disk.put
    /// Called when all is ready and the target has not been looked at again yet; another writer comes in here in a test.
    var beforeLook: @Sendable (String) -> Void = { _ in }

    /// Temporary files begin so, in the folder of their target; what is left over from a crash is known by it.
    static let prefix = ".actor-trainer-"

    enum Outcome { case replaced, changedMeanwhile }

    /// Puts `bytes` into the place of the file that was read as `original`; nil means that there was none.
    func replace(_ path: String, read original: FileReading?, with bytes: [UInt8]) throws(DiskError) -> Outcome {
        let target = try resolve(path)
        let (folder, _) = FileReplacer.split(target)
        let temporary = "\(folder)/\(FileReplacer.prefix)\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
        let descriptor = try Disk.create(temporary)
        do {
            defer { Disk.shut(descriptor) }
            if let original { try Disk.adopt(original.stamp, descriptor, temporary) }
            try put(bytes, descriptor, temporary)
        } catch {
            Disk.remove(temporary)
            throw DiskError(error.action, path, code: error.code)
        }
        return try finish(temporary, target: target, original: original, folder: folder)
    }

    private func finish(_ temporary: String, target: String, original: FileReading?, folder: String) throws(DiskError) -> Outcome
    {
        do throws(DiskError) {
            beforeLook(target)
            guard let original else {
                guard try Disk.publish(temporary, as: target) else {
                    Disk.remove(temporary)
                    return .changedMeanwhile
                }
                try Disk.syncFolder(folder)
                return .replaced
            }
            let now = try Disk.load(target)
            guard now?.stamp == original.stamp, now?.bytes == original.bytes else {
                Disk.remove(temporary)
                return .changedMeanwhile
            }
            try Disk.move(temporary, over: target)
            try Disk.syncFolder(folder)
            return .replaced
        } catch {
            Disk.remove(temporary)
            throw error
        }
    }

    /// The file that a path means: symbolic links are followed, so that the link stays one, as long as they stay under the root.
    private func resolve(_ path: String) throws(DiskError) -> String {
        let (folder, name) = FileReplacer.split(path)
        let target = Disk.realPath(path) ?? Disk.realPath(folder).map { "\($0)/\(name)" }
        guard let target else { throw DiskError("write", path) }
        guard target.hasPrefix(root + "/") else { throw DiskError("write", path, code: Disk.crossesBorder) }
        return target
    }

    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
