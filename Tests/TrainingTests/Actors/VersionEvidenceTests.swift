import Testing
import Training
import TrainingTestSupport

@Suite("The next version number")
struct VersionEvidenceTests {
    private func next(
        _ models: [String] = [], versions: [String] = [], stored: [String] = [], in ledger: Ledger = Ledger()
    ) -> String {
        let actor = ActorProfile(
            id: ActorID(19), name: "a", models: models.map { ModelRecord(filename: "x", versionName: $0) },
            versions: versions.map { VersionRecord(id: "j", name: $0, status: .failed) })
        return VersionEvidence.next(for: actor, in: ledger, stored: stored.compactMap(ModelName.init(parsing:))).description
    }

    @Test("is 1 for an actor of whom nothing is known, and for one with names that are no numbers")
    func first() {
        #expect(next() == "V1")
        #expect(next(["imported"], versions: ["imported", "V3b", ""]) == "V1")
    }

    @Test("is one more than the highest of all evidence, by number and not by letters")
    func highest() {
        #expect(next(["V9", "V10", "imported"]) == "V11")
        #expect(next(["V2"], versions: ["V3", "V12", "V4"]) == "V13")
        #expect(next(["V2"], versions: ["V3"], stored: ["actor_0019_V20.safetensors", "actor_0020_V99.safetensors"]) == "V21")
    }

    @Test("reads a model's number from its file name where its version has none")
    func fileName() {
        let actor = ActorProfile(
            id: ActorID(19), name: "a", models: [ModelRecord(filename: "actor_19_V7.safetensors", versionName: "")])
        #expect(VersionEvidence.next(for: actor, in: Ledger()).description == "V8")
    }

    @Test("counts our own attempts whatever became of them", arguments: Outcome.allCases)
    func ownAttempts(outcome: Outcome) {
        let ledger = Ledger(of: .queued(1, actor: 19), .prepared(1, version: 30), .ended(1, outcome))
        #expect(next(["V2"], in: ledger) == "V31")
        let open = Ledger(of: .queued(1, actor: 19), .prepared(1, version: 30), .intended(1), .uncertain(1))
        #expect(next(["V2"], in: open) == "V31")
        let others = Ledger(of: .queued(1, actor: 20), .prepared(1, version: 30))
        #expect(next(["V2"], in: others) == "V3")
    }
}
