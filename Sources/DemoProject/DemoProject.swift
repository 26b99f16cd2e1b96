import Foundation

/// The bundled project of invented actors that `--demo` works on.
///
/// The files lie in `assets/demo-project` and travel as a resource beside the program. A demo never works on them directly: it
/// works on a copy in its own part of the state folder, so that trainings, verdicts and versions stay from one start to the next.
public enum DemoProject {
    /// What `install(into:fresh:)` did.
    public enum Installation: Sendable, Equatable {
        /// There was none, or an empty folder: the project is new.
        case installed
        /// A demo project was there and was left as it is.
        case kept
        /// A demo project was there; it is gone, and a new one stands in its place.
        case replaced
    }

    /// The path of the bundled project, to be read and never written.
    ///
    /// - Throws: `DemoProjectError` with `.missing` when the program was moved without the folder that belongs beside it.
    public static func location() throws(DemoProjectError) -> String {
        try location(beside: programFolders())
    }

    /// Finds the bundled project beside a program in one of these folders: as SwiftPM lays it out, or as an installed program has it.
    ///
    /// `Bundle.module` would find it too, but it ends the process where the bundle is missing, and it looks in the folder where the
    /// program was built, which may hold another version by now.
    static func location(beside folders: [String]) throws(DemoProjectError) -> String {
        let forms = [
            "actor-trainer_DemoProject.resources/demo-project",
            "actor-trainer_DemoProject.bundle/demo-project",
            "actor-trainer_DemoProject.bundle/Contents/Resources/demo-project",
            "../share/actor-trainer/demo-project",
        ]
        let places = folders.flatMap { folder in forms.map { URL(filePath: folder).appending(path: $0).standardizedFileURL.path }
        }
        guard let found = places.first(where: { FileManager.default.fileExists(atPath: $0 + "/data/actorsData.json") }) else {
            throw .missing(lookedIn: folders)
        }
        return found
    }

    /// The program's folder, links resolved; and where a test runner has loaded this code from a bundle, the folder of that.
    private static func programFolders() -> [String] {
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
        let loaded = Bundle.allBundles.flatMap { [$0.bundleURL, $0.bundleURL.deletingLastPathComponent()] }
        return (([program].compactMap { $0 }) + loaded).map(\.path)
    }
}
