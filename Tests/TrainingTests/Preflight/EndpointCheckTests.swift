import Testing
import Training
import TrainingTestSupport

@Suite("RunPod's endpoint before a training is paid")
struct EndpointCheckTests {
    private static let longest = Expectation(steps: 3000, pricePerSecond: 0.00031)

    private func check(_ change: (inout EndpointCheck) -> Void = { _ in }, cost: Double? = 1) -> [Finding] {
        var check = EndpointCheck(
            endpoint: "abc123", health: .known(EndpointHealth(idle: 2, ready: 2)),
            limits: .known(EndpointCheck.Limits(mostWorkers: 3, executionTimeout: .hours(2))), balance: .known(20),
            carriesLimits: true)
        change(&check)
        return check.check(longest: Self.longest, cost: cost)
    }

    @Test("a sound endpoint has nothing against it")
    func sound() {
        #expect(check().map(\.severity).allSatisfy { $0 == .ok })
        #expect(check().map(\.code) == ["runpod.key", "runpod.endpoint", "runpod.workers", "runpod.timeout", "runpod.balance"])
    }

    struct Broken: Sendable {
        var change: @Sendable (inout EndpointCheck) -> Void
        var code: String
        var severity: Finding.Severity
        var word: String
        var remedy: String
    }

    static let broken: [Broken] = [
        Broken(
            change: { $0.health = .unset(["RUNPOD_API_KEY"]) }, code: "runpod.key", severity: .error, word: "RUNPOD_API_KEY",
            remedy: "RUNPOD_API_KEY="),
        Broken(
            change: { $0.health = .refused("Unauthorized (401)") }, code: "runpod.key", severity: .error, word: "401",
            remedy: "make a new key"),
        Broken(
            change: { $0.health = .notFound("not found (404)") }, code: "runpod.endpoint", severity: .error, word: "abc123",
            remedy: "MODEL_TRAINING_RUNPOD_ENDPOINT_ID"),
        Broken(
            change: { $0.health = .failed("nobody answers") }, code: "runpod.reach", severity: .error, word: "nobody answers",
            remedy: "RUNPOD_API_BASE"),
        Broken(
            change: { $0.limits = .known(EndpointCheck.Limits(mostWorkers: 0, executionTimeout: .hours(2))) },
            code: "runpod.workers", severity: .error, word: "max workers is 0", remedy: "raise max workers"),
        Broken(
            change: { check in
                check.limits = .notChecked("no way")
                check.health = .known(EndpointHealth())
            }, code: "runpod.workers", severity: .warning, word: "no worker at all", remedy: "raise max workers"),
        Broken(
            change: { check in
                check.limits = .notChecked("no way")
                check.health = .known(EndpointHealth(throttled: 3))
            }, code: "runpod.workers", severity: .warning, word: "throttled", remedy: "GPU"),
        Broken(
            change: { $0.limits = .known(EndpointCheck.Limits(mostWorkers: 3, executionTimeout: .minutes(10))) },
            code: "runpod.timeout", severity: .warning, word: "10 minutes", remedy: "set it to 141 minutes"),
        Broken(
            change: { check in
                check.limits = .known(EndpointCheck.Limits(mostWorkers: 3, executionTimeout: .minutes(10)))
                check.carriesLimits = false
            }, code: "runpod.timeout", severity: .error, word: "10 minutes", remedy: "set it to 141 minutes"),
        Broken(
            change: { $0.balance = .known(0.4) }, code: "runpod.balance", severity: .error, word: "$0.40", remedy: "add funds"),
        Broken(
            change: { $0.balance = .known(1.5) }, code: "runpod.balance", severity: .warning, word: "$1.50", remedy: "add funds"),
    ]

    @Test("each single thing broken is named with its remedy, and nothing else is", arguments: broken)
    func one(_ broken: Broken) {
        let found = check(broken.change).objections
        #expect(found.map(\.code) == [broken.code])
        #expect(found.first?.severity == broken.severity)
        #expect(found.first?.sentence.contains(broken.word) == true, "\(found)")
        #expect(found.first?.remedy?.contains(broken.remedy) == true, "\(found)")
    }

    @Test("RunPod's own ten minutes are a note where ours is sent along, and an error where it is not")
    func noTimeout() {
        let limits = Checked.known(EndpointCheck.Limits(mostWorkers: 3, executionTimeout: nil))
        #expect(check { $0.limits = limits }.filter { $0.code == "runpod.timeout" }.map(\.severity) == [.note])
        let bare = check {
            $0.limits = limits
            $0.carriesLimits = false
        }
        #expect(bare.objections.map(\.code) == ["runpod.timeout"] && bare.errors[0].sentence.contains("10 minutes"))
    }

    @Test("too little money is a refusal and no missing prerequisite")
    func refusal() {
        #expect(check { $0.balance = .known(0) }.errors.map(\.isRefusal) == [true])
        #expect(check { $0.health = .refused("") }.errors.map(\.isRefusal) == [false])
    }

    @Test("what could not be asked is no objection")
    func notChecked() {
        let found = check {
            $0.limits = .notChecked("no way to ask")
            $0.balance = .notChecked("no way to ask")
        }
        #expect(found.objections.isEmpty)
        let skipped = found.filter { $0.severity == .skipped }
        #expect(skipped.map(\.code) == ["runpod.timeout", "runpod.balance"])
        #expect(skipped.allSatisfy { $0.sentence.contains("no way to ask") })
    }
}
