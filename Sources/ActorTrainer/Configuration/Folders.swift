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

    static func isFile(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
