import EngineAPI
import TerminalUI
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

    /// A job whose first attempt cost $0.26 (1,000 s) and failed, and whose second is queued.
    private static func retried(known: Bool = true) -> World {
        var world = World()
        world.train(1, actor: 5)
        world.pass(minutes: 10)
        let time = known ? 1_000_000 : nil
        world.happen(.statusObserved(RunPodObservation(state: .failed, executionTime: time)), job: 1)
        world.end(1, .failed)
        world.happen(.attemptQueued(QueuedAttempt(reason: "asked for")), job: 1, attempt: 2)
        return world
    }

    private func start(_ world: inout World) {
        world.submit(1, actor: 5, version: 2, attempt: 2)
        world.happen(.submissionAccepted(Acceptance(runpod: RunPodID("b"), evidence: "answer")), job: 1, attempt: 2)
        world.happen(.statusObserved(RunPodObservation(state: .inProgress)), job: 1, attempt: 2)
        world.pass(minutes: 10)
    }

    @Test("a job that was tried again costs what all its attempts cost")
    func retries() {
        var world = Self.retried()
        func cost() -> String { Cost(of: world.ledger.jobs[0], estimated: 0.5, now: world.now).short }
        #expect(cost() == "≈$0.76")
        start(&world)
        #expect(cost() == "$0.42+")
        world.happen(.statusObserved(RunPodObservation(state: .completed, executionTime: 1_200_000)), job: 1, attempt: 2)
        world.end(1, .completed, attempt: 2)
        #expect(cost() == "$0.57")
    }

    @Test("an attempt whose part is not known makes it a least cost")
    func leastCost() {
        var world = Self.retried()
        world.submit(1, actor: 5, version: 2, attempt: 2)
        world.happen(.submissionUncertain(Doubt(reason: "")), job: 1, attempt: 2)
        let cost = Cost(of: world.ledger.jobs[0], estimated: 0.5, now: world.now)
        #expect(cost.short == "≥$0.26" && cost.long == "at least $0.26")
    }

    @Test("the row and its line tell the job's whole cost, the title counts it in, the detail parts it")
    func retriedRow() {
        var world = Self.retried()
        start(&world)
        var state = world.state(width: 120, height: 40)
        state.press(.character("2"))
        #expect(state.picture.contains { $0.contains("j1") && $0.contains("$0.42+") })
        #expect(state.picture.contains { $0.contains("$0.42 so far for 2 attempts") })
        #expect(state.picture.contains { $0.contains("$0.42 of ≈ $0.76") })
        state.press(.enter)
        let lines = state.trainingLines(JobID(1)).map(\.text)
        #expect(lines.contains("Cost $0.42 so far for 2 attempts"))
        #expect(lines.contains { $0.hasPrefix("training") && $0.hasSuffix("cost $0.16 so far") })
        #expect(lines.contains { $0.hasPrefix("failed") && $0.hasSuffix("cost $0.26") })
    }

    @Test(
        "dollars are rounded to cents",
        arguments: [(0.004, "$0.00"), (0.005, "$0.01"), (1.999, "$2.00"), (12.3, "$12.30"), (.nan, "$?")])
    func dollars(amount: Double, text: String) {
        #expect(amount.inDollars == text)
    }
}
