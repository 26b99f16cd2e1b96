import Testing
import Training

@Suite("Money")
struct MoneyTests {
    @Test(
        "is read exactly as it was written",
        arguments: [
            ("435.85", 435_850_000), ("0.44", 440_000), ("1.1", 1_100_000), ("80", 80_000_000), ("-3.5", -3_500_000), ("0", 0),
            ("0.0000005", 1), ("1e-3", 1000), ("0.1234564999", 123_456),
        ])
    func reading(text: String, micro: Int64) {
        #expect(Money(parsing: text)?.microdollars == micro)
    }

    @Test("what is no amount is none", arguments: ["", "abc", "nan", "inf", "1e400", "--2", "."])
    func nonsense(text: String) { #expect(Money(parsing: text) == nil) }

    @Test("ten thousand dimes are a thousand dollars, to the micro-dollar")
    func sums() {
        let dime = Money(microdollars: 100_000)
        #expect(Array(repeating: dime, count: 10_000).total == Money(microdollars: 1_000_000_000))
        #expect(dime * 3 - dime == Money(microdollars: 200_000))
    }

    @Test("a price an hour is billed by begun seconds, as the known run of 1,559 s on a 4090 was")
    func billing() {
        let price = Money(microdollars: 310 * 3600)
        #expect(price.anHour(for: .seconds(1558.769)) == Money(microdollars: 1559 * 310))
        #expect(price.anHour(for: .seconds(0.001)) == Money(microdollars: 310))
        #expect(price.anHour(for: .seconds(0)) == .zero)
        #expect(price.anHour(for: .seconds(-5)) == .zero)
        #expect(price.anHour(for: .hours(100)) == price * 100)
    }

    @Test("too much stays the most and does not overflow")
    func overflow() {
        let most = Money(microdollars: .max)
        #expect(most + most == most)
        #expect(most * 1000 == most)
        #expect(most * -1000 == Money(microdollars: .min))
        #expect(most.anHour(for: Seconds(milliseconds: .max / 2)) == most)
    }

    @Test("is shown in cents, and smaller where cents show nothing")
    func words() {
        #expect(Money(microdollars: 483_290).description == "$0.48")
        #expect(Money(microdollars: 1_995_000).description == "$2.00")
        #expect(Money(microdollars: -3_500_000).description == "-$3.50")
        #expect(Money(microdollars: 4_000).description == "$0.004")
        #expect(Money.zero.description == "$0.00")
    }
}

@Suite("The price catalogue")
struct PriceCatalogueTests {
    @Test("finds a GPU by id or by name, however the maker is written before it")
    func names() throws {
        let catalogue = PriceCatalogue.published
        for name in ["NVIDIA GeForce RTX 4090", "RTX 4090", "geforce rtx 4090", "nvidia rtx 4090"] {
            #expect(catalogue.gpu(name)?.perHour == Money(microdollars: 1_116_000))
        }
        #expect(catalogue.gpu("RTX 4091") == nil)
    }

    @Test("gives the range of an endpoint's pools, for all the GPUs of a worker")
    func pools() {
        let range = PriceCatalogue.published.range(ofPools: ["ADA_24", "AMPERE_48"], gpus: 2)
        #expect(range == Money(microdollars: 2_232_000)...Money(microdollars: 2_448_000))
        #expect(PriceCatalogue.published.range(ofPools: ["ADA_32_PRO"]) == nil)
    }
}

@Suite("What an attempt costs")
struct SpendingTests {
    private let price = Money(microdollars: 1_116_000)

    @Test("from all sides while it runs")
    func running() {
        let left = TimeEstimate(low: .minutes(10), high: .minutes(20), basis: .measured)
        let spending = Spending(price: price, expected: (.minutes(30), price), ranFor: .minutes(10), left: left)
        #expect(spending.estimated == Money(microdollars: 558_000))
        #expect(spending.soFar == Money(microdollars: 186_000))
        #expect(spending.toFinish == Money(microdollars: 186_000)...Money(microdollars: 372_000))
        #expect(spending.lostByCancelling == Money(microdollars: 186_000 + 5 * 310))
        #expect(spending.actual == nil)
    }

    @Test("after the end by RunPod's own time, and nothing without a price")
    func ended() {
        let spending = Spending(price: price, ranFor: .seconds(1559), isFinal: true)
        #expect(spending.actual == Money(microdollars: 483_290))
        #expect(spending.lostByCancelling == nil && spending.toFinish == nil)
        #expect(Spending(price: nil, ranFor: .minutes(3)) == Spending(price: nil))
    }
}

@Suite("A budget")
struct BudgetTests {
    private func dollars(_ value: Int64) -> Money { Money(microdollars: value * 1_000_000) }

    @Test(
        "warns from four fifths on and then blocks, what is promised counted in", arguments: [(6, false), (7, true), (8, true)])
    func warning(spent: Int64, warns: Bool) {
        let verdict = Budget(batch: dollars(10)).judge(
            batch: .init(spent: dollars(spent - 1), promised: dollars(1)), day: .init(), next: dollars(1))
        if case .warns = verdict { #expect(warns) } else { #expect(!warns && verdict == .fine) }
    }

    @Test("blocks what would go over it, and everything once it is used")
    func blocking() {
        let budget = Budget(batch: dollars(10), day: dollars(100))
        #expect(budget.judge(batch: .init(spent: dollars(9), promised: dollars(1)), day: .init(), next: nil).blocks)
        #expect(budget.judge(batch: .init(spent: dollars(9)), day: .init(), next: Money(microdollars: 1_000_001)).blocks)
        #expect(!budget.judge(batch: .init(spent: dollars(9)), day: .init(), next: dollars(1)).blocks)
        #expect(budget.judge(batch: .init(), day: .init(spent: dollars(100)), next: nil).blocks)
        guard case .blocks(let words) = budget.judge(batch: .init(), day: .init(spent: dollars(99)), next: dollars(2)) else {
            Issue.record("it should block")
            return
        }
        #expect(words.contains("day") && words.contains("$100.00") && words.contains("$99.00"))
    }

    @Test("that is not set allows everything")
    func unlimited() {
        #expect(Budget().judge(batch: .init(spent: dollars(1_000_000)), day: .init(), next: dollars(5)) == .fine)
    }
}
