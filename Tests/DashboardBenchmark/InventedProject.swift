import DemoProject
import Foundation
import JSONText

/// An Actor Maker project with 300 invented actors in every state of eligibility. The first 60 may be trained.
struct InventedProject {
    static let actorCount = 300
    static let eligibleCount = 60

    let folder: String

    /// Writes the project's files into a folder that is not there yet.
    init(at folder: String) throws {
        self.folder = folder
        let files = FileManager.default
        for part in ["/data/actor_manifests", "/workflows"] {
            try files.createDirectory(atPath: folder + part, withIntermediateDirectories: true)
        }
        let workflow = "/workflows/lora_training_workflow_headless.json"
        try files.copyItem(atPath: DemoProject.location() + workflow, toPath: folder + workflow)
        let numbers = 0..<InventedProject.actorCount
        try write(.array(numbers.map(InventedProject.listing)), to: "/data/actorsData.json")
        for number in numbers {
            let name = "/data/actor_manifests/\(InventedProject.padded(number))_manifest.json"
            try write(InventedProject.manifest(number), to: name)
        }
    }

    /// The name that is looked for on the screen; a word without blanks, so that it comes in one piece.
    static func name(_ number: Int) -> String { "\(padded(number))_benchmark_person" }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private func write(_ value: JSONValue, to path: String) throws {
        try Data(value.text().utf8).write(to: URL(filePath: folder + path))
    }

    private static func listing(_ number: Int) -> JSONValue {
        [
            "id": .integer(number), "img": .string(name(number) + ".webp"), "age": .string("\(20 + number % 50)"),
            "sex": number.isMultiple(of: 2) ? "female" : "male", "ethnicity": "invented", "name": .string(name(number)),
            "image": .string("image\(number + 1)"), "description": "An actor of the benchmark, who never lived",
        ]
    }

    private static func manifest(_ number: Int) -> JSONValue {
        let isEligible = number < eligibleCount
        let kind = isEligible ? -1 : number % 5
        let images = kind == 1 ? 0 : 12 + number % 9
        var manifest: JSONValue = [
            "character_id": .string(padded(number)), "character_name": .string(name(number)), "status": "success",
            "training_data": .array((0..<images).map { image($0, of: number, isSynced: kind != 2 || $0 > 2) }),
            "training_data_good": .bool(isEligible || ![0, 4].contains(kind)),
        ]
        if kind == 3 { manifest["custom_lora_models"] = [model(of: number)] }
        return manifest
    }

    private static func image(_ index: Int, of number: Int, isSynced: Bool) -> JSONValue {
        let file = "\(name(number))_\(index).png"
        return [
            "filename": .string(file), "local_path": .string("data/actors/\(name(number))/training_data/\(file)"),
            "size_bytes": .integer(240_000 + index), "size_mb": .number("0.23"), "modified_date": "2026-01-29T00:09:43.835843",
            "md5_hash": .string(String(repeating: "0a", count: 16)),
            "s3_url": .string("https://bench-assets.s3.eu-central-1.amazonaws.com/training_data/\(name(number))/\(file)"),
            "status": isSynced ? "synced" : "modified",
        ]
    }

    private static func model(of number: Int) -> JSONValue {
        let file = "actor_\(padded(number))_V2.safetensors"
        return [
            "filename": .string(file), "version": "V2", "good": true, "size_bytes": 153_271_900, "format": "safetensors",
            "s3_url": .string("https://bench-files.s3.eu-central-1.amazonaws.com/actor_maker_user/custom-actors/models/\(file)"),
        ]
    }
}
