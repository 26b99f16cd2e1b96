import EngineAPI
import Testing
import Training

@testable import Dashboard

@Suite("Time left and cost")
struct FigureTests {
    static func left(after minutes: Double, step: Int? = nil, rate: Double? = nil, age: Double = 0) -> TimeLeft {
        var world = World()
        world.train(1, actor: 5)
        world.pass(minutes: minutes)
        let progress = TrainingProgress(step: step, steps: 2000)
        let reading = ProgressReading(progress: progress, asOf: world.now + .minutes(-age), rate: rate)
        return TimeLeft(of: world.ledger.jobs[0].latest, reading: step == nil ? nil : reading, now: world.now)
    }

    @Test("the expectation gives a range, an overrun is blank and then says by how much")
    func expected() {
        #expect(Self.left(after: 2) == .between(24, 39))
        #expect(Self.left(after: 32.5) == .unknown)
        #expect(Self.left(after: 44).long == "over by 12 min")
        #expect(Self.left(after: 44).short == "over 12m")
    }

    @Test("a measured rate wins, shrinks with its age, and is dropped when old")
    func measured() {
        #expect(Self.left(after: 10, step: 1000, rate: 1) == .between(15, 19))
        #expect(Self.left(after: 10, step: 1000, rate: 1, age: 4) == .between(11, 15))
        #expect(Self.left(after: 10, step: 1000, rate: 1, age: 20) == Self.left(after: 10))
        #expect(Self.left(after: 10, step: 2000, rate: 1) == .unknown)
        #expect(Self.left(after: 10, step: 1, rate: 1e-300) == Self.left(after: 10))
    }

    @Test("no text of a time left is wider than its column")
    func widths() {
        for minutes in [0, 1, 9, 10, 99, 100, 599, 600, 6000] {
            #expect(TimeLeft.between(minutes, minutes + minutes / 3).short.count <= 8)
            #expect(TimeLeft.over(max(1, minutes)).short.count <= 9)
        }
    }

    @Test("before, so far, after; and nothing where nothing is known")
    func cost() {
        var world = World()
        func cost() -> String { Cost(of: world.ledger.jobs[0].latest, estimated: 0.5, now: world.now).short }
        world.queue(1, actor: 5)
        #expect(cost() == "≈$0.50")
        world.submit(1, actor: 5)
        var uncertain = world
        world.happen(.submissionAccepted(Acceptance(runpod: RunPodID("a"), evidence: "answer")), job: 1)
        world.happen(.statusObserved(RunPodObservation(state: .inProgress)), job: 1)
        world.pass(minutes: 10)
        #expect(cost() == "$0.16+")
        world.happen(.statusObserved(RunPodObservation(state: .completed, executionTime: 1_200_000)), job: 1)
        world.end(1, .completed)
        #expect(cost() == "$0.31")
        uncertain.happen(.submissionUncertain(Doubt(reason: "")), job: 1)
        #expect(Cost(of: uncertain.ledger.jobs[0].latest, estimated: 0.5, now: uncertain.now).short == "?")
        uncertain.end(1, .neverSubmitted)
        #expect(Cost(of: uncertain.ledger.jobs[0].latest, estimated: 0.5, now: uncertain.now).short == "$0.00")
    }

    @Test(
        "dollars are rounded to cents",
        arguments: [(0.004, "$0.00"), (0.005, "$0.01"), (1.999, "$2.00"), (12.3, "$12.30"), (.nan, "$?")])
    func dollars(amount: Double, text: String) {
        #expect(amount.inDollars == text)
    }
}
