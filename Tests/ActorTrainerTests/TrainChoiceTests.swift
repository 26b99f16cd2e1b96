import Foundation
import JSONText
import Testing

@Suite("Whom train takes")
struct TrainChoiceTests {
    /// The first actor of the demo whose reasons are just one, with these words in it.
    private func actor(_ words: String, in actors: [JSONValue]) throws -> (id: Int, name: String, reason: String) {
        let actor = try #require(
            actors.first { actor in
                let reasons = actor["reasons"]?.array ?? []
                return reasons.count == 1 && reasons[0].string?.contains(words) == true
            }, "\(words)")
        return (
            try #require(actor["id"]?.int), try #require(actor["name"]?.string), try #require(actor["reasons"]?[0]?.string)
        )
    }

    @Test("a dry run promises nobody whom a real run refuses, and says why; --again takes only what is a matter of judgement")
    func dryRun() async throws {
        try await ProgramUnderTest.inFolder { program in
            let actors = try await program("actors", "--demo", "--json").json()
            for (words, isTakenAgain) in [("not approved", false), ("no images", false), (" pending", false), ("is good", true)] {
                let (id, name, reason) = try actor(words, in: actors)
                let dry = try await program("train", "\(id)", "1", "--demo", "--dry-run", "--json")
                #expect(dry.code == 4, "\(words)")
                let lines = try dry.json()
                #expect(lines.compactMap { $0["plan"]?["actor_id"]?.int } == [1], "\(words)")
                let leftOut: JSONValue = ["actor_id": .integer(id), "actor": .string(name), "reasons": [.string(reason)]]
                #expect(lines.compactMap { $0["left_out"] } == [leftOut])
                #expect(dry.errors.contains("not trained: \(name) (\(reason))"))
                let again = try await program("train", "\(id)", "--demo", "--dry-run", "--again", "--json")
                #expect(again.code == (isTakenAgain ? 0 : 4), "\(words)")
                #expect(try again.json().compactMap { $0["plan"]?["actor_id"]?.int } == (isTakenAgain ? [id] : []))
            }
        }
    }

    @Test("who was named and is left out is named in the end and makes exit code 4; the others are trained")
    func leftOut() async throws {
        try await ProgramUnderTest.inFolder { program in
            let (id, name, reason) = try actor(" pending", in: try await program("actors", "--demo", "--json").json())
            let run = try await program("train", "1", "\(id)", "--demo", "--time-scale", "600", "--yes", "--again")
            #expect(run.code == 4, "\(run.errors)")
            #expect(run.output.contains("Successful: 1"))
            #expect(run.output.contains("Not trained: \(name) (\(reason))"), "\(run.output.suffix(6))")
            #expect(run.output.contains { $0.hasPrefix("[Auto Train] ⚠️ Not trained: \(name)") })
            let alone = try await program("train", "\(id)", "--demo", "--yes", "--json")
            #expect(alone.code == 4)
            #expect(try alone.json().last?["summary"]?["left_out"]?[0]?["actor_id"]?.int == id)
            #expect(alone.errors.contains("not trained: \(name)"))
        }
    }
}
