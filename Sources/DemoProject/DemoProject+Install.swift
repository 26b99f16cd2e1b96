import Foundation

extension DemoProject {
    /// A file that an installed demo project holds and a real project does not: only what holds it is ever removed.
    static let marker = ".actor-trainer-demo"

    /// Makes sure that a demo project stands in `folder`, whose parents are created where they are missing.
    ///
    /// The copy is made in a hidden folder beside `folder` and renamed, so that `folder` never holds half a project. One process
    /// at a time may install into the same place: the owner of the state folder.
    ///
    /// - Parameters:
    ///   - folder: The project's folder to be. An empty one is filled.
    ///   - fresh: Replaces the demo project that is there. What is not a demo project is refused, never removed.
    /// - Throws: `DemoProjectError` with `.missing`, `.foreign` or `.unwritable`; what stood in `folder` stands there still.
    @discardableResult
    public static func install(into folder: String, fresh: Bool) throws(DemoProjectError) -> Installation {
        try install(from: location(), into: folder, fresh: fresh)
    }

    static func install(from source: String, into folder: String, fresh: Bool) throws(DemoProjectError) -> Installation {
        let place = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL
        let before = occupant(of: place)
        switch before {
        case .foreign: throw .foreign(folder: place.path)
        case .demo where !fresh: return .kept
        case .demo, .nothing: break
        }
        do {
            let incoming = try copy(URL(filePath: source), beside: place)
            try swap(incoming, into: place)
        } catch {
            throw .unwritable(folder: place.path, cause: error)
        }
        return before == .demo ? .replaced : .installed
    }

    private enum Occupant {
        case nothing, demo, foreign
    }

    private static func occupant(of place: URL) -> Occupant {
        let files = FileManager.default
        guard (try? files.attributesOfItem(atPath: place.path)) != nil else { return .nothing }
        if files.fileExists(atPath: place.appending(path: marker).path) { return .demo }
        return (try? files.contentsOfDirectory(atPath: place.path))?.isEmpty == true ? .nothing : .foreign
    }

    /// A whole copy with the marker in it, in a hidden sibling; what an interrupted copy left there is removed first.
    private static func copy(_ source: URL, beside place: URL) throws -> URL {
        let files = FileManager.default
        try files.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        let incoming = sibling(of: place, "incoming")
        try removeIfThere(incoming)
        do {
            try files.copyItem(at: source, to: incoming)
            try Data("Made by actor-trainer --demo; it may remove this folder.\n".utf8).write(
                to: incoming.appending(path: marker))
        } catch {
            try? removeIfThere(incoming)
            throw error
        }
        return incoming
    }

    /// Puts the copy in its place. What stood there is moved aside first and moved back when the copy cannot take its place.
    static func swap(_ incoming: URL, into place: URL) throws {
        let files = FileManager.default
        let outgoing = sibling(of: place, "outgoing")
        try removeIfThere(outgoing)
        let stood = (try? files.attributesOfItem(atPath: place.path)) != nil
        do {
            if stood { try files.moveItem(at: place, to: outgoing) }
            try files.moveItem(at: incoming, to: place)
        } catch {
            if stood { try? files.moveItem(at: outgoing, to: place) }
            try? removeIfThere(incoming)
            throw error
        }
        // The new project stands: an old one that cannot be removed is no failure, and the next install tries again.
        try? removeIfThere(outgoing)
    }

    private static func sibling(of place: URL, _ role: String) -> URL {
        place.deletingLastPathComponent().appending(path: ".\(place.lastPathComponent).\(role)", directoryHint: .isDirectory)
    }

    private static func removeIfThere(_ item: URL) throws {
        guard (try? FileManager.default.attributesOfItem(atPath: item.path)) != nil else { return }
        try FileManager.default.removeItem(at: item)
    }
}
