import Foundation
import Journal
import Training
import TrainingPorts

/// The state folder as the doctor finds it.
enum StateFolderFiles {
    /// Below this a journal may not grow for long: SQLite needs room for the write and for its rollback file.
    private static let leastSpace: Int64 = 200 << 20

    static func prepare(_ path: String) throws(PortError) { try StateFolder.prepare(at: path) }

    /// Takes the folder where it is free, and says how it stands.
    static func examine(_ source: Source, in stateFolder: String) -> (access: StateAccess?, findings: [Finding]) {
        let path = StateAccess.folder(of: source, in: stateFolder)
        do {
            let access = try StateAccess(source, in: stateFolder, command: "doctor")
            return (access, [.ok("state-folder", "\(path) can be written and has no other owner")] + space(at: path))
        } catch {
            if error.code == .refused {
                let first = error.message.split(separator: "\n").first.map(String.init) ?? error.message
                return (nil, [.note("state-folder", first)] + space(at: path))
            }
            return (nil, [.error("state-folder", error.message, remedy: "choose another folder with --state-dir")])
        }
    }

    private static func space(at path: String) -> [Finding] {
        guard let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path),
            let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value
        else { return [] }
        guard free < leastSpace else { return [] }
        return [
            .error(
                "state-folder",
                "only \(free >> 20) MiB are free at \(path), and nothing is submitted that cannot be written down",
                remedy: "make room, or choose another folder with --state-dir")
        ]
    }
}
