import EngineAPI
import Testing
import Training
import TrainingPorts

@testable import Orchestration

@Suite("What a budget holds and lets go")
struct BudgetTests {
    private func running(_ edit: (inout Policy) -> Void) -> Stage { .onWorker(edit) }

    @Test("a budget that is used holds the queue before anything is sent")
    func budget() {
        var stage = running { $0.budget = Budget(batch: Money(microdollars: 700_000)) }
        stage.say(.setParallelism(2))
        stage.train(2)
        #expect(stage.phase(2) == .queued && stage.ledger.queue.hold?.cause == .budget)
        #expect(stage.ledger.queue.hold?.reason.contains("$0.70") == true)
        var rich = running { $0.budget = Budget(day: Money(microdollars: 9_000_000)) }
        rich.say(.setParallelism(2))
        rich.train(2)
        #expect(rich.phase(2) == .preparing)
    }

    @Test("a budget for one training lets one of two start at once, though neither has left yet")
    func budgetOfWhatIsPrepared() {
        var policy = Policy()
        policy.pricePerSecond = 0.00031
        policy.budget = Budget(day: Money(microdollars: 900_000))
        var stage = Stage(policy: policy)
        stage.say(.setParallelism(2))
        stage.train(1, 2)
        #expect(stage.phase(1) == .preparing && stage.phase(2) == .queued)
        #expect(stage.ledger.queue.hold?.cause == .budget)
    }

    @Test("what a day's budget held goes on by itself when the next day begins, and nobody need be there")
    func budgetOfTheNextDay() {
        var stage = running { $0.budget = Budget(day: Money(microdollars: 700_000)) }
        stage.say(.setParallelism(2))
        stage.train(2)
        #expect(stage.ledger.queue.hold?.cause == .budget)
        let midnight = Timestamp(milliseconds: (stage.now.milliseconds / 86_400_000 + 1) * 86_400_000)
        stage.now = midnight + .seconds(-1)
        stage.give(.time)
        #expect(stage.phase(2) == .queued)
        stage.now = midnight
        stage.give(.time)
        #expect(stage.ledger.queue.hold == nil && stage.phase(2) == .preparing)
        // With nothing running the engine sleeps until then.
        var idle = Stage(
            policy: {
                var policy = Policy()
                policy.pricePerSecond = 0.00031
                policy.budget = Budget(day: Money(microdollars: 1000))
                return policy
            }())
        idle.train(1)
        #expect(idle.core.deadline(after: midnight + .seconds(-3600)) == midnight)
    }

    @Test("a request that was turned away has cost nothing, and its training is not counted twice")
    func budgetAfterTurningAway() {
        var policy = Policy()
        policy.pricePerSecond = 0.00031
        policy.budget = Budget(batch: Money(microdollars: 900_000))
        var stage = Stage(policy: policy)
        stage.train(1)
        stage.prepare(1)
        stage.answer(1, .throttled("too many requests", retryAfter: .seconds(5)))
        #expect(stage.phase(1) == .queued)
        stage.wait(30)
        #expect(stage.ledger.queue.hold == nil && stage.phase(1) == .preparing)
    }

    @Test("what a budget held goes on when what ran turned out cheaper")
    func budgetThatWasNotUsed() {
        var stage = running { $0.budget = Budget(day: Money(microdollars: 700_000)) }
        stage.say(.setParallelism(2))
        stage.train(2)
        #expect(stage.phase(2) == .queued)
        stage.complete(1)
        #expect(stage.ledger.queue.hold == nil && stage.phase(2) == .preparing)
    }

    @Test("after an unclean end what a budget held waits for the operator, though the budget would allow it")
    func budgetAfterACrash() {
        var stage = running { $0.budget = Budget(day: Money(microdollars: 700_000)) }
        stage.say(.setParallelism(2))
        stage.train(2)
        stage.now = stage.now + .hours(24)
        stage.restart()
        #expect(stage.ledger.queue.hold?.cause == .uncleanEnd && stage.phase(2) == .queued)
    }

    @Test("a hold of the operator's is not lifted by a budget that allows more")
    func askedHold() {
        var stage = running { $0.budget = Budget(day: Money(microdollars: 9_000_000)) }
        stage.say(.hold)
        stage.train(2)
        stage.wait(60)
        #expect(stage.ledger.queue.hold?.cause == .asked && stage.phase(2) == .queued)
    }
}
