import Testing
import Training
import TrainingTestSupport

@Suite("Names and numbers")
struct NameTests {
    @Test(
        "an actor's number is read padded and plain, and nothing else is",
        arguments: [
            ("19", 19), ("0019", 19), ("0", 0), ("000000019", 19), ("12345", 12345), ("", nil), ("-1", nil), ("+1", nil),
            ("19 ", nil),
            ("1e3", nil), ("0000000019", nil), ("١٩", nil), ("../19", nil), ("19\u{0}", nil),
        ])
    func actorNumbers(text: String, number: Int?) {
        #expect(ActorID(parsing: text)?.rawValue == number)
    }

    @Test(
        "an actor's number is padded to at least four digits",
        arguments: [(0, "0000"), (7, "0007"), (19, "0019"), (12345, "12345")])
    func padding(number: Int, text: String) {
        #expect(ActorID(number).padded == text)
        #expect("\(ActorID(number))" == String(number))
    }

    @Test(
        "a job is j and a number, so that it cannot be taken for an actor",
        arguments: [("j12", 12), ("J12", 12), ("12", nil), ("j", nil), ("jj1", nil), ("j-1", nil)])
    func jobs(text: String, number: Int?) {
        #expect(JobID(parsing: text)?.number == number)
        if let number { #expect("\(JobID(number))" == "j\(number)") }
    }

    @Test(
        "a version is V and a number; other names are nobody's number",
        arguments: [
            ("V7", 7), ("v7", 7), ("V10", 10), ("V007", 7), ("V", nil), ("7", nil), ("V7b", nil), ("V 7", nil), ("imported", nil),
            ("V-1", nil), ("V1.5", nil), ("", nil),
        ])
    func versions(text: String, number: Int?) {
        #expect(VersionNumber(parsing: text)?.number == number)
    }

    @Test("V10 comes after V9")
    func versionOrder() {
        #expect(["V10", "V9", "V1"].compactMap(VersionNumber.init(parsing:)).sorted().map(\.description) == ["V1", "V9", "V10"])
    }

    @Test(
        "a model's name is read padded and plain, with and without its ending",
        arguments: ["actor_0019_V7", "actor_19_V7", "actor_0019_V7.safetensors", "actor_19_v7.safetensors"])
    func modelNames(text: String) {
        #expect(ModelName(parsing: text) == ModelName(actor: ActorID(19), version: VersionNumber(7)))
    }

    @Test(
        "what is no model's name is none",
        arguments: [
            "", "actor_0019", "actor_0019_V7_2", "actor__V7", "style_0019_V7", "actor_0019_imported", "actor_x_V7",
            "Actor_0019_V7", "actor_0019_V7.ckpt",
        ])
    func otherNames(text: String) {
        #expect(ModelName(parsing: text) == nil)
    }

    @Test("a model is ordered and stored under its padded name")
    func modelText() {
        let name = ModelName(actor: ActorID(19), version: VersionNumber(7))
        #expect("\(name)" == "actor_0019_V7")
        #expect(name.fileName == "actor_0019_V7.safetensors")
    }

    @Test("a request id names actor, time and 64 bits of chance, padded")
    func requestIDs() {
        let time = Timestamp(milliseconds: 1_760_690_576_817)
        #expect(RequestID(actor: ActorID(19), at: time, random: 0xF).rawValue == "actor_0019_1760690576817_000000000000000f")
        #expect(RequestID(actor: ActorID(19), at: time, random: .max).rawValue == "actor_0019_1760690576817_ffffffffffffffff")
        #expect(RequestID(actor: ActorID(19), at: time, random: 1) != RequestID(actor: ActorID(19), at: time, random: 2))
    }

    @Test(
        "two ids are the same job when they differ by no more than one suffix",
        arguments: [
            ("3c274376-7093-e2", "3c274376-7093-e2", true), ("3c274376-7093-e2", "3c274376-7093", true),
            ("3c274376-7093-e2", "3c274376-7093-u1", true),
            ("3c274376-7093-e12", "3c274376-7093", true), ("a-e1-e2", "a", false), ("a-E1", "a", false), ("a-ee1", "a", false),
            ("a-e", "a", false), ("a-1", "a", false), ("a", "b", false), ("a-e1", "b-e1", false), ("", "-e1", true),
        ])
    func sameJob(left: String, right: String, areSame: Bool) {
        #expect(RunPodID(left).names(theSameJobAs: RunPodID(right)) == areSame)
        #expect(RunPodID(right).names(theSameJobAs: RunPodID(left)) == areSame)
    }
}
