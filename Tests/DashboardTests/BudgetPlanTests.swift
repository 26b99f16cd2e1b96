import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("The budget on the plan screen")
struct BudgetPlanTests {
    /// A plan of both actors, each about $0.50.
    private func plan(_ budget: Budget, checks: Bool = false, _ edit: (inout World) -> Void = { _ in }) -> DashboardState {
        var world = World()
        world.source.budget = budget
        edit(&world)
        var state = DashboardState(snapshot: world.snapshot, commandPrefix: "c", checksPlans: checks, width: 120, height: 30)
        state.type("at")
        return state
    }

    private func dollars(_ text: String) -> Money? { Money(parsing: text) }

    @Test("says what is left and what the plan takes")
    func said() {
        let state = plan(Budget(day: dollars("10"))) { $0.train(1, actor: 9) }
        let line = state.picture.first { $0.contains("Budget of this day") }
        #expect(line?.contains("$9.50 of $10.00 left, this takes ≈ $1.00") == true, "\(line ?? "no line")")
        #expect(!plan(Budget()).picture.contains { $0.contains("Budget") })
    }

    @Test("that only some fit in is a warning that wants a key of its own")
    func warns() {
        var state = plan(Budget(batch: dollars("0.8")))
        #expect(state.picture.contains { $0.contains("only 1 of these 2 trainings start") })
        #expect(state.press(.character("y")).isEmpty)
        #expect(state.press(.character("w"), .character("y")).commands.count == 1)
    }

    @Test(
        "that is used lets nothing start, with and without the look at the rest, and w does not help", arguments: [false, true])
    func blocks(checks: Bool) {
        var state = plan(Budget(day: dollars("0.2")), checks: checks)
        if checks { _ = state.reduce(.checked(plan: 1, PreflightReport())) }
        #expect(state.picture.contains { $0.contains("✗ the budget of this day ($0.20) allows no more") })
        #expect(state.press(.character("y"), .character("w"), .character("y")).commands.isEmpty)
        #expect(state.message?.text.hasPrefix("Not started: the budget of this day") == true)
    }

    @Test("yesterday's spending does not stand against today's plan, though nothing has told the screen the time since")
    func overnight() throws {
        var state = plan(Budget(day: dollars("0.7")), checks: true) { world in
            world.train(1, actor: 9)
            world.happen(.statusObserved(RunPodObservation(state: .completed, executionTime: 1_900_000)), job: 1)
            world.end(1, .completed)
        }
        state.press(.escape, .character("u"), .character("t"))
        #expect(state.picture.contains { $0.contains("✗ the budget of this day") })
        _ = state.reduce(.checked(plan: 2, PreflightReport(asOf: state.now + .hours(24))))
        #expect(state.picture.contains { $0.contains("$0.70 of $0.70 left") })
        #expect(state.press(.character("w"), .character("y")).commands.count == 1)
    }

    @Test("the plan says on how many trainings its estimate rests, and what the endpoint's workers cost")
    func basis() throws {
        var world = World()
        for job in 1...2 {
            world.train(job, actor: 9, version: job)
            world.happen(.statusObserved(RunPodObservation(state: .completed, executionTime: 1_120_000)), job: job)
            world.end(job, .completed)
        }
        var state = world.state(width: 120, height: 30)
        let outlook = try #require(PriceOutlook(.published, pools: ["ADA_24", "AMPERE_48"], gpus: 1))
        _ = state.reduce(.update(.reading(.prices(outlook))))
        state.type("t")
        #expect(state.picture.contains { $0.contains("Estimated from 2 trainings, at $1.12–$1.22 an hour") })
        #expect(state.picture.contains { $0.contains("19 min of GPU time, 1 at once, ≈ $0.35") })
    }

    @Test("a training that has ended says how its cost was come by, beside what was expected")
    func actual() {
        var world = World()
        world.train(1, actor: 5)
        world.happen(.gpuIdentified(GPUFact(worker: "w1", gpu: "NVIDIA RTX A6000", perHour: dollars("1.8"))), job: 1)
        world.happen(.statusObserved(RunPodObservation(state: .completed, executionTime: 1_000_000)), job: 1)
        world.end(1, .completed)
        let state = world.state(width: 120, height: 30)
        #expect(
            state.trainingLines(JobID(1)).contains {
                $0.text == "Money: $0.50 by RunPod's execution time at $1.80 an hour, estimated $0.50"
            })
    }
}
