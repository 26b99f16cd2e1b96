import Foundation
import Testing

@Suite("The demo's files")
struct DemoAssetsTests {
    let cast: Cast

    init() throws {
        cast = try Cast()
    }

    private func files(ending suffix: String) throws -> [URL] {
        try paths(under: cast.root).filter { $0.hasSuffix(suffix) }.sorted().map { cast.root.appending(path: $0) }
    }

    @Test("every JSON file parses, is indented by two spaces and never by a tab")
    func json() throws {
        let all = try files(ending: ".json")
        #expect(all.count > 45)
        for file in all {
            _ = try Cast.json(file)
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(!text.contains("\t"), "\(file.lastPathComponent)")
            #expect(text.contains(/\n {2}\S/), "\(file.lastPathComponent)")
        }
    }

    @Test("some files end in a newline and some do not, as files of several writers do")
    func lastNewline() throws {
        let ends = try files(ending: "_manifest.json").map { try Data(contentsOf: $0).last == 0x0A }
        #expect(Set(ends) == [true, false])
    }

    @Test("a stray summary lies among the manifests, and it is none")
    func straySummary() throws {
        let file = cast.root.appending(path: "data/actor_manifests/_migration_summary.json")
        let summary = try #require(try Cast.json(file) as? Cast.Object)
        #expect(summary["character_id"] == nil)
    }

    @Test("an actor that is not in the list has its versions under its number")
    func unlisted() throws {
        let file = cast.root.appending(path: "data/actor_training_versions/0077.json")
        let versions = try #require(try Cast.json(file) as? Cast.Object)["versions"] as? [Cast.Object]
        #expect(versions?.count == 1)
        #expect(!cast.members.contains { $0.id == 77 })
    }

    @Test("every actor is an adult")
    func adults() throws {
        for actor in cast.members {
            let age = try #require(Int(actor.listed["age"] as? String ?? ""))
            #expect(age >= 21, "\(actor.id)")
            #expect((actor.listed["face_prompt"] as? String)?.contains("\(age) year old") == true, "\(actor.id)")
        }
    }

    @Test("every address leads to a bucket of the demo, in four forms")
    func buckets() throws {
        var forms: Set<String> = []
        for file in try files(ending: ".json") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/https?://([^/"]*)/([^/"]*)/#) {
                let (host, first) = (String(match.1), String(match.2))
                let bucket = host.hasPrefix("s3.") ? first : String(host.prefix { $0 != "." })
                #expect(["demo-casting-assets", "demo-user-files"].contains(bucket), "\(match.0) in \(file.lastPathComponent)")
                forms.insert(host.hasPrefix("s3.") ? "path style" : host.replacing(bucket, with: "BUCKET"))
            }
        }
        #expect(forms.count == 4, "\(forms)")
    }

    @Test("names with escapes, control characters and 300 letters are there, and only the one in wide letters may be trained")
    func oddNames() throws {
        let hostile = try #require(cast.members.first { $0.name.unicodeScalars.contains("\u{1B}") })
        #expect(hostile.name.contains("../") && hostile.name.unicodeScalars.contains("\u{0}"))
        let long = try #require(cast.members.first { $0.name.count == 300 })
        let wide = try #require(cast.members.first { $0.name.unicodeScalars.contains("\u{6771}") })
        #expect(wide.name.unicodeScalars.contains("\u{308}") && wide.name.unicodeScalars.contains("\u{1F3AD}"))
        #expect(!hostile.isEligible && !long.isEligible && wide.isEligible)
    }

    @Test("the images are small PNGs and the whole project stays small")
    func images() throws {
        let images = try files(ending: ".png")
        #expect(images.count >= 10)
        for image in images {
            let data = try Data(contentsOf: image)
            #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47]) && data.count < 1500, "\(image.lastPathComponent)")
        }
        let all = try paths(under: cast.root)
        let sizes = try all.map {
            try FileManager.default.attributesOfItem(atPath: cast.root.path + "/" + $0)[.size] as? Int ?? 0
        }
        #expect(sizes.reduce(0, +) < 1_500_000)
        #expect(all.count < 400)
    }
}
