import Foundation
import Testing

@Suite("The demo's cast has every state of eligibility")
struct CastEligibilityTests {
    let cast: Cast

    init() throws {
        cast = try Cast()
    }

    private func ids(where holds: (Cast.Member) -> Bool) -> [Int] {
        cast.members.filter(holds).map(\.id)
    }

    @Test("fifteen may be trained, enough for ten at once")
    func eligible() {
        #expect(ids { $0.isEligible } == Array(1...15))
        #expect(cast.members.count == 40)
    }

    @Test("each row of the parameter table has an eligible actor, and so has each of its edges")
    func imageCounts() {
        let counts = Set(cast.members.filter(\.isEligible).map(\.addressed.count))
        #expect(counts.isSuperset(of: [5, 15, 16, 30, 31, 60, 61, 72]))
        #expect(counts.contains { $0 < 5 }, "one that is warned about")
    }

    @Test("approval is absent in some manifests and false in others")
    func approval() {
        #expect(ids { $0.manifest != nil && $0.manifest?["training_data_good"] == nil && !$0.addressed.isEmpty }.count >= 2)
        #expect(ids { $0.approved == false }.count >= 2)
    }

    @Test("one is excluded for each reason alone")
    func reasonsAlone() {
        #expect(ids { $0.approved == true && !$0.images.isEmpty && $0.addressed.isEmpty } == [29], "nothing on S3")
        #expect(ids { $0.approved == true && $0.images.isEmpty } == [30], "no image at all")
        #expect(ids { $0.approved == true && !$0.isSynced } == [32, 33], "not synced")
        #expect(ids { $0.approved == true && $0.hasGoodModel } == [21, 22, 23], "good model")
        #expect(ids { $0.approved == true && !$0.hasGoodModel && $0.awaitsVerdict } == [24, 25, 26], "no verdict yet")
        #expect(ids { $0.approved == true && $0.isPending } == [27, 28], "pending under a job that nobody knows")
        #expect(ids { $0.manifest == nil } == [34, 35], "no manifest")
    }

    @Test("one is excluded for several reasons at once")
    func severalReasons() {
        #expect(ids { $0.approved == false && $0.addressed.isEmpty && $0.hasGoodModel && $0.isPending } == [38])
    }

    @Test("statistics count images that are on this machine only: 23 recorded, 19 synced")
    func statistics() throws {
        let actor = try #require(cast.members.first { $0.id == 1 })
        let statistics = try #require(actor.manifest?["statistics"] as? Cast.Object)
        #expect(statistics["training_images_count"] as? Int == 23)
        #expect(statistics["training_synced_count"] as? Int == 19)
        #expect(actor.addressed.count == 19)
    }

    @Test("models are named in both spellings, and one actor's versions sort only as numbers")
    func modelNames() throws {
        let names = cast.members.flatMap(\.models).compactMap { $0["filename"] as? String }
        #expect(names.contains("actor_0021_V2.safetensors"))
        #expect(names.contains("actor_22_V7.safetensors"))
        let versions = cast.members.first { $0.id == 12 }?.versions.compactMap { $0["name"] as? String }
        #expect(versions == ["V10", "V9", "imported"])
    }

    @Test("the actor's own good flag says nothing about a model: eligible actors have it true, false and absent")
    func actorsGood() {
        let flags = cast.members.filter(\.isEligible).map { $0.listed["good"] as? Bool }
        #expect(Set(flags) == [true, false, nil])
    }
}
