import Testing
import Training
import TrainingTestSupport

@Suite("Eligibility")
struct EligibilityTests {
    private static func actor(
        good: Bool = true, images: ImageCount = ImageCount(onS3: 20, synced: 20, recorded: 20), models: [ModelRecord] = [],
        versions: [VersionRecord] = [], fault: String? = nil
    ) -> ActorProfile {
        ActorProfile(
            id: ActorID(19), name: "0019", trainingDataGood: good, images: images, models: models, versions: versions,
            fault: fault)
    }

    private static func model(_ version: String, good: Bool? = nil) -> ModelRecord {
        ModelRecord(filename: "actor_19_\(version).safetensors", versionName: version, good: good)
    }

    private func reasons(_ actor: ActorProfile, in ledger: Ledger = Ledger()) -> [String] {
        Eligibility.judge(actor, in: ledger).reasons.map(\.text)
    }

    @Test("an actor with approved data, synced images and no model may be trained")
    func eligible() {
        let verdict = Eligibility.judge(EligibilityTests.actor(), in: Ledger())
        #expect(verdict.isEligible)
        #expect(verdict.warnings.isEmpty)
    }

    @Test(
        "each reason against it is told",
        arguments: [
            (actor(good: false), ["training data not approved"]), (actor(images: ImageCount()), ["no images on S3"]),
            (actor(images: ImageCount(onS3: 0, synced: 0, recorded: 9)), ["no images on S3"]),
            (actor(images: ImageCount(onS3: 20, synced: 19, recorded: 23)), ["not synced (19 of 20)"]),
            (actor(models: [model("V7", good: true)]), ["V7 is good"]),
            (actor(models: [model("imported", good: true)]), ["imported is good"]),
            (actor(fault: "the manifest is not valid JSON at byte 3"), ["the manifest is not valid JSON at byte 3"]),
        ])
    func eachReason(actor: ActorProfile, expected: [String]) {
        #expect(reasons(actor) == expected)
    }

    @Test("all reasons are told at once, in the order in which they would be mended")
    func allReasons() {
        let actor = EligibilityTests.actor(
            good: false, images: ImageCount(onS3: 20, synced: 19, recorded: 23),
            models: [EligibilityTests.model("V7", good: true)],
            versions: [
                VersionRecord(id: "job-9-e1", name: "V9", status: .pending, timestamp: .sample),
                VersionRecord(id: "", name: "V8", status: .training),
            ], fault: "cut short")
        let verdict = Eligibility.judge(actor, in: Ledger(of: .queued(1, actor: 19)))
        #expect(
            verdict.reasons == [
                .unreadable("cut short"), .dataNotApproved, .notSynced(synced: 19, of: 20), .hasGoodModel("V7"),
                .inTraining(JobID(1), .queued),
                .pendingElsewhere(version: "V9", since: .sample, id: "job-9-e1"),
                .pendingElsewhere(version: "V8", since: nil, id: ""),
            ])
        #expect(
            verdict.reasons.map(\.text).suffix(3) == [
                "in training (j1, queued)", "V9 pending since 2026-11-23, job job-9-e1", "V8 pending",
            ])
        #expect(!verdict.isEligible)
    }

    @Test("only what is a matter of judgement may be overridden")
    func overriding() {
        let judgement: [ExclusionReason] = [.hasGoodModel("V1"), .awaitsVerdict("V1")]
        let facts: [ExclusionReason] = [
            .unreadable(""), .dataNotApproved, .noImageOnS3, .notSynced(synced: 1, of: 2), .inTraining(JobID(1), .waiting),
            .pendingElsewhere(version: "V1", since: nil, id: ""),
        ]
        #expect(judgement.allSatisfy { $0.canBeOverridden })
        #expect(!facts.contains { $0.canBeOverridden })
    }

    @Test(
        "the newest finished model awaits its verdict, an older one that was passed over does not",
        arguments: [
            ([model("V1")], [], ["V1 awaits a verdict"]), ([model("V1", good: false)], [], []),
            ([model("V9"), model("V10", good: false)], [], []),
            ([model("V10"), model("V9", good: false)], [], ["V10 awaits a verdict"]),
            ([model("V1"), model("V2", good: true)], [], ["V2 is good"]),
            ([], [version("V3", .completed)], ["V3 awaits a verdict"]), ([], [version("V3", .completed, good: false)], []),
            ([], [version("V3", .failed)], []), ([model("V3")], [version("V3", .completed, good: false)], []),
            ([model("V3", good: false)], [version("V3", .completed)], []), ([model("imported")], [], []),
        ] as [([ModelRecord], [VersionRecord], [String])])
    func verdicts(models: [ModelRecord], versions: [VersionRecord], expected: [String]) {
        #expect(reasons(EligibilityTests.actor(models: models, versions: versions)) == expected)
    }

    private static func version(_ name: String, _ status: VersionRecord.Status, good: Bool? = nil) -> VersionRecord {
        VersionRecord(id: "job-\(name)", name: name, status: status, isGood: good)
    }

    @Test("a model that our own journal knows of awaits a verdict even before the manifest has it")
    func ownModel() {
        let ledger = Ledger(of: .queued(1, actor: 19), .prepared(1, version: 4), .ended(1, .completed))
        #expect(reasons(EligibilityTests.actor(), in: ledger) == ["V4 awaits a verdict"])
        #expect(reasons(EligibilityTests.actor(models: [EligibilityTests.model("V4", good: false)]), in: ledger).isEmpty)
        let failed = Ledger(of: .queued(1, actor: 19), .prepared(1, version: 4), .ended(1, .failed))
        #expect(reasons(EligibilityTests.actor(), in: failed).isEmpty)
    }

    @Test("an uncertain attempt keeps its actor out of training")
    func uncertain() {
        let ledger = Ledger(of: .queued(1, actor: 19), .prepared(1, version: 4), .intended(1), .uncertain(1))
        #expect(reasons(EligibilityTests.actor(), in: ledger) == ["in training (j1, uncertain)"])
    }

    @Test("a pending version is ours when its id or, without one, its name is ours; others stay until they are dismissed")
    func pendingVersions() {
        let pending = [
            VersionRecord(id: "job-1-e2", name: "V4", status: .pending), VersionRecord(id: "", name: "V4", status: .pending),
            VersionRecord(id: "job-2", name: "V4", status: .pending), VersionRecord(id: "", name: "V5", status: .training),
            VersionRecord(id: "job-3", name: "V6", status: .completed), VersionRecord(id: "job-4", name: "V7", status: .other),
        ]
        let actor = EligibilityTests.actor(versions: pending)
        var ledger = Ledger(
            of: .queued(1, actor: 19), .prepared(1, version: 4), .intended(1), .accepted(1, "job-1-e2"), .ended(1, .failed))
        #expect(reasons(actor, in: ledger).filter { $0.contains("pending") } == ["V4 pending, job job-2", "V5 pending"])
        ledger.apply(.versionDismissed(Dismissal(actor: ActorID(19), version: "job-2")), job: nil, attempt: nil, at: .sample)
        ledger.apply(.versionDismissed(Dismissal(actor: ActorID(19), version: "V5")), job: nil, attempt: nil, at: .sample)
        #expect(reasons(actor, in: ledger).filter { $0.contains("pending") }.isEmpty)
    }

    @Test(
        "few, many and lost images warn and do not exclude",
        arguments: [
            (ImageCount(onS3: 4, synced: 4, recorded: 4), ["only 4 images"]),
            (ImageCount(onS3: 1, synced: 1, recorded: 1), ["only 1 image"]),
            (ImageCount(onS3: 5, synced: 5, recorded: 5), []), (ImageCount(onS3: 60, synced: 60, recorded: 60), []),
            (ImageCount(onS3: 61, synced: 61, recorded: 61), ["61 images, more than 60"]),
            (ImageCount(onS3: 19, synced: 19, recorded: 23), ["4 images are not on S3"]),
            (ImageCount(onS3: 19, synced: 19, recorded: 20), ["1 image is not on S3"]),
        ] as [(ImageCount, [String])])
    func warnings(images: ImageCount, expected: [String]) {
        let verdict = Eligibility.judge(EligibilityTests.actor(images: images), in: Ledger())
        #expect(verdict.isEligible)
        #expect(verdict.warnings.map(\.text) == expected)
    }
}
