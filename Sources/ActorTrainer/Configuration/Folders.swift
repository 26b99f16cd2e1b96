import Foundation

/// Where our own files are, by the XDG rules.
enum Folders {
    private static func base(_ variable: String, default path: String) -> String {
        let environment = ProcessInfo.processInfo.environment
        // The rules say that a relative path is to be ignored.
        if let set = environment[variable], set.hasPrefix("/") { return set }
        return (environment["HOME"] ?? NSHomeDirectory()) + path
    }

    static var state: String { base("XDG_STATE_HOME", default: "/.local/state") + "/actor-trainer" }
    static var configuration: String { base("XDG_CONFIG_HOME", default: "/.config") + "/actor-trainer" }

    static var current: String { FileManager.default.currentDirectoryPath }

    /// The real path of a folder, so that one project has one name.
    static func absolute(_ path: String) -> String {
        URL(filePath: path, relativeTo: URL(filePath: current + "/")).standardizedFileURL.resolvingSymlinksInPath().path
    }

    /// Makes a folder with its parents, where it is not there, and sees that it can be written.
    static func make(_ folder: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(
                .prerequisite, "the folder \(folder) cannot be made: \(obstacle(to: folder) ?? "\(error)"); name another one")
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw Failure(
                .prerequisite, "the folder \(folder) cannot be written; give yourself the right to, or name another one")
        }
    }

    /// Why a folder cannot be made, seen from what is there of its path; nil where that says nothing.
    private static func obstacle(to folder: String) -> String? {
        var place = URL(filePath: folder).standardizedFileURL
        var isFolder: ObjCBool = false
        while place.path != "/", !FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) {
            place.deleteLastPathComponent()
        }
        if place.path != "/", !isFolder.boolValue { return "\(place.path) is a file" }
        return FileManager.default.isWritableFile(atPath: place.path) ? nil : "\(place.path) cannot be written by you"
    }

    /// Whether nothing is there. What may not be looked into, and what would lie in a plain file, is no such thing: it may well be there.
    static func isMissing(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) != 0 && errno == ENOENT
    }

    static func isFile(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
