import Foundation

/// A project folder with invented actors, in a temporary place of its own; it goes away with the last reference.
public final class InventedProject: Sendable {
    public let path: String

    /// - Parameter actors: the text of `actorsData.json`; nil leaves the file out.
    public init(actors: String? = InventedProject.actors(names: [1: "0001_anna", 2: "0002_berta"])) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "project-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.resolvingSymlinksInPath().path
        for name in ["data/actor_manifests", "workflows"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
        }
        if let actors { try write(actors, to: "data/actorsData.json") }
        try write("{}", to: "workflows/lora_training_workflow_headless.json")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    public func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        // In place, as the deployed server writes.
        try Data(text.utf8).write(to: url, options: [])
    }

    public func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")), as: UTF8.self)
    }

    public func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    /// All files under a folder, hidden ones too, without the folder's own path.
    public func files(under name: String = "data") -> [String] {
        (FileManager.default.enumerator(atPath: "\(path)/\(name)")?.compactMap { $0 as? String } ?? []).sorted()
    }

    public static func manifestName(_ id: Int) -> String {
        "data/actor_manifests/\(String(repeating: "0", count: 4 - String(id).count))\(id)_manifest.json"
    }

    public static func actors(names: [Int: String]) -> String {
        let entries = names.sorted { $0.key < $1.key }.map { id, name in
            "  {\n    \"id\": \(id),\n    \"name\": \"\(name)\",\n    \"age\": \"20\",\n    \"face_prompt\": \"caf\\u00e9 \\/ 1.0\"\n  }"
        }
        return "[\n\(entries.joined(separator: ",\n"))\n]"
    }

    /// A manifest as the scripts write it: no last newline, escapes, numbers with a fraction of zero.
    /// - Parameters:
    ///   - images: how many lie on S3.
    ///   - local: how many lie on somebody's disk only.
    ///   - models: lines of `custom_lora_models`; nil leaves the list out.
    public static func manifest(
        id: Int, images: Int = 6, local: Int = 0, good: Bool? = true, models: [String]? = nil, status: String = "synced"
    ) -> String {
        let padded = String(repeating: "0", count: 4 - String(id).count) + String(id)
        let entries =
            (0..<images).map { index in
                """
                    {
                      "filename": "i\(index).jpg",
                      "s3_url": "https://invented-assets.s3.eu-west-9.amazonaws.com/data/\(padded)/i\(index).jpg",
                      "size_bytes": 1000,
                      "size_mb": 0.0,
                      "status": "\(status)"
                    }
                """
            }
            + (0..<local).map {
                "    {\n      \"filename\": \"l\($0).jpg\",\n      \"s3_url\": null,\n      \"status\": \"local_only\"\n    }"
            }
        let list = entries.isEmpty ? "[]" : "[\n\(entries.joined(separator: ",\n"))\n  ]"
        let custom = models.map { lines in
            ",\n  \"custom_lora_models\": " + (lines.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n  ]")
                + ",\n  \"custom_lora_models_updated\": \"2025-10-17T21:55:52.073668\""
        }
        let verdict = good.map { ",\n  \"training_data_good\": \($0)" }
        return """
            {
              "character_id": "\(padded)",
              "note": "caf\\u00e9 \\/ \\ud83c\\udfad",
              "statistics": {
                "total_size_mb": 1.0,
                "small": 1e-05
              },
              "training_data": \(list),
              "training_data_updated": "2025-10-17T16:46:12.201695",
              "lora_model": {
                "s3_url": "https://invented-assets.s3.eu-west-9.amazonaws.com/models/\(padded).safetensors"
              },
              "lora_model_updated": "2025-10-17T21:51:48.859415"\(custom ?? "")\(verdict ?? "")
            }
            """
    }

    public static func model(id: Int, version: Int, good: Bool? = nil) -> String {
        """
            {
              "filename": "actor_\(id)_V\(version).safetensors",
              "version": "V\(version)",
              "s3_url": "https://invented-user-files.s3.eu-west-9.amazonaws.com/models/actor_\(id)_V\(version).safetensors",
              "size_bytes": 153271968\(good.map { ",\n      \"good\": \($0)" } ?? "")
            }
        """
    }
}
