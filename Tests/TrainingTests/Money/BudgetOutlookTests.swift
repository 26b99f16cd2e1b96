import Testing
import Training

@Suite("What a start would take of the budget")
struct BudgetOutlookTests {
    private func dollars(_ value: Int64) -> Money { Money(microdollars: value * 1_000_000) }

    private func outlook(batch: Int64? = nil, day: Int64? = nil, spent: Int64 = 0) -> BudgetOutlook {
        BudgetOutlook(
            budget: Budget(batch: batch.map(dollars), day: day.map(dollars)), batch: .init(), day: .init(spent: dollars(spent)))
    }

    @Test("is said in a line a limit, with what is left and what it takes")
    func lines() {
        let lines = outlook(batch: 5, day: 10, spent: 4).lines(taking: [dollars(1), dollars(2)])
        #expect(
            lines == [
                "Budget of this batch: $5.00 of $5.00 left, this takes ≈ $3.00 ($0.00 spent)",
                "Budget of this day: $6.00 of $10.00 left, this takes ≈ $3.00 ($4.00 spent)",
            ])
        #expect(
            outlook(day: 3, spent: 4).lines(taking: [nil]) == [
                "Budget of this day: $0.00 of $3.00 left, no price is known ($4.00 spent)"
            ])
        #expect(outlook().lines(taking: [dollars(1)]).isEmpty)
    }

    @Test("fits, warns where it is nearly used or lets only some start, and blocks where it lets none")
    func check() {
        #expect(outlook(day: 10).check([dollars(1), dollars(2)]).isEmpty)
        #expect(outlook(day: 10).check([dollars(4), dollars(4)]).map(\.severity) == [.warning])
        let some = outlook(day: 10, spent: 4).check([dollars(4), dollars(4)])
        #expect(some.map(\.severity) == [.warning] && some[0].sentence.contains("only 1 of these 2"))
        let none = outlook(day: 10, spent: 9).check([dollars(4), dollars(4)])
        #expect(none.map(\.severity) == [.error] && none[0].isRefusal && none[0].sentence.contains("$9.00 spent"))
        #expect(outlook(day: 10, spent: 10).check([nil]).errors.count == 1)
        #expect(outlook(day: 10, spent: 10).check([]).isEmpty)
    }

    @Test("counts what is queued and was not sent yet as promised, and others' trainings not")
    func queued() {
        var ledger = Ledger()
        let now = Timestamp(milliseconds: 1_800_000_000_000)
        for job in 1...2 {
            ledger.apply(
                .jobQueued(QueuedJob(actor: ActorID(job), name: "a\(job)", origin: .operator)), job: JobID(job), attempt: 1,
                at: now)
        }
        let outlook = BudgetOutlook(Budget(batch: dollars(9), day: dollars(9)), in: ledger, at: now) { _ in dollars(2) }
        #expect(outlook.batch.promised == dollars(4) && outlook.day.promised == dollars(4) && outlook.day.spent == .zero)
    }
}
