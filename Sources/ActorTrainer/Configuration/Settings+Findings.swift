import Foundation
import Training

extension Settings {
    /// Each value that somebody has set, with where it comes from; of a secret only that. Then what is wrong with the files.
    var findings: [Finding] {
        let set = origins.compactMap { origin -> Finding? in
            guard origin.place != .notSet, origin.place != .standard else { return nil }
            let value = origin.value.map { " is \(Settings.withoutPassword($0))" } ?? " is set"
            return .ok("configuration", "\(origin.name)\(value), from \(origin.place.words)")
        }
        return set + files
    }

    /// An address may hold a user and a password.
    private static func withoutPassword(_ value: String) -> String {
        guard let scheme = value.range(of: "://"), let at = value.lastIndex(of: "@"), scheme.upperBound < at else { return value }
        return value[..<scheme.upperBound] + "•••" + value[at...]
    }

    private var files: [Finding] {
        let there = environmentFiles.filter { FileManager.default.fileExists(atPath: $0) }
        if there.isEmpty {
            let places = environmentFiles.joined(separator: " or ")
            return [.note("env-file", "there is no \(places); what is set comes from elsewhere")]
        }
        guard warnings.isEmpty else {
            return warnings.map { .warning("env-file", $0, remedy: "close the file to others and keep secrets in .env alone") }
        }
        return [.ok("env-file", "\(there.joined(separator: ", ")): no secret lies open")]
    }
}
