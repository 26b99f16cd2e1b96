import DemoProject
import Foundation
import Testing

/// The bundled project as a stranger reads it: JSON and nothing else, so that these tests do not lean on the code that they feed.
struct Cast {
    typealias Object = [String: Any]

    struct Member {
        let id: Int
        let listed: Object
        let manifest: Object?
        let versions: [Object]
    }

    let root: URL
    let members: [Member]

    init() throws {
        root = URL(filePath: try DemoProject.location())
        let actors = try #require(try Cast.json(root.appending(path: "data/actorsData.json")) as? [Object])
        members = try actors.map { [root] actor in
            let id = try #require(actor["id"] as? Int)
            let manifest = root.appending(path: "data/actor_manifests/\(Cast.padded(id))_manifest.json")
            // A name that is no path component has no folder: what such a name would point to must not be looked for.
            let name = try #require(actor["name"] as? String)
            let folder = name.contains("/") || name.utf8.count > 255 ? nil : name
            let versions = folder.map { root.appending(path: "data/actors/\($0)/training_versions.json") }
            return Member(
                id: id,
                listed: actor,
                manifest: try Cast.object(manifest),
                versions: try versions.flatMap(Cast.object)?["versions"] as? [Object] ?? []
            )
        }
    }

    static func padded(_ id: Int) -> String {
        let digits = String(id)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    static func json(_ file: URL) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(contentsOf: file), options: .fragmentsAllowed)
    }

    private static func object(_ file: URL) throws -> Object? {
        FileManager.default.fileExists(atPath: file.path) ? try json(file) as? Object : nil
    }
}

extension Cast.Member {
    var name: String { listed["name"] as? String ?? "" }
    var approved: Bool? { manifest?["training_data_good"] as? Bool }
    var models: [Cast.Object] { manifest?["custom_lora_models"] as? [Cast.Object] ?? [] }
    var images: [Cast.Object] { manifest?["training_data"] as? [Cast.Object] ?? [] }
    /// The images that count: those with an address.
    var addressed: [Cast.Object] { images.filter { $0["s3_url"] is String } }
    var isSynced: Bool { addressed.allSatisfy { $0["status"] as? String == "synced" } }
    var hasGoodModel: Bool { models.contains { $0["good"] as? Bool == true } }
    /// A verdict is one of the words good and not good; a key that is absent is none.
    var awaitsVerdict: Bool {
        models.contains { $0["good"] == nil }
            || versions.contains { $0["status"] as? String == "completed" && $0["isGood"] == nil && models.isEmpty }
    }
    var isPending: Bool { versions.contains { ["pending", "training"].contains($0["status"] as? String) } }
    var isEligible: Bool {
        approved == true && !addressed.isEmpty && isSynced && !hasGoodModel && !awaitsVerdict && !isPending
    }
}
