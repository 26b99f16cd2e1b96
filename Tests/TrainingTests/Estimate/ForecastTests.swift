import Testing

@testable import Training

@Suite("What a training should take and cost before it begins")
struct ForecastTests {
    private func cents(_ value: Int64) -> Money { Money(microdollars: value * 10_000) }

    private func run(_ gpu: String?, _ secondsPerStep: Double, perHour: Money? = nil) -> PastRun {
        PastRun(
            steps: 1000, gpu: gpu,
            times: PhaseTimes(
                queue: .seconds(500), coldStart: .seconds(300), data: .seconds(100), training: .seconds(1000 * secondsPerStep),
                upload: .seconds(20)),
            perHour: perHour)
    }

    private func outlook(_ pools: String..., gpus: Int = 1) throws -> PriceOutlook {
        try #require(PriceOutlook(.published, pools: pools, gpus: gpus))
    }

    @Test("comes from the table where there is no history, at the price of the endpoint's first pool")
    func table() throws {
        let expectation = Expectation(steps: 2000, history: RunHistory(), prices: try outlook("AMPERE_48", "ADA_24", gpus: 2))
        #expect(expectation.duration == .seconds(1920) && expectation.runs == nil && expectation.basis == "from the table")
        #expect(abs((expectation.pricePerSecond ?? 0) - 0.00068) < 1e-12)
        #expect(Expectation(steps: 2000, history: RunHistory(), prices: nil).cost == nil)
    }

    @Test("comes from our own rate, data and upload; queue and cold start are no part of it")
    func history() throws {
        let history = RunHistory(Array(repeating: run("NVIDIA GeForce RTX 4090", 0.5), count: 6))
        let expectation = Expectation(steps: 2000, history: history, prices: try outlook("ADA_24"))
        #expect(expectation.duration == .seconds(1120) && expectation.basis == "from 6 trainings")
        #expect(abs((expectation.cost ?? 0) - 1120 * 0.00031) < 1e-9)
    }

    @Test("counts runs on GPUs that the endpoint gives before those on others, and others before the table")
    func gpus() throws {
        let history = RunHistory([run("NVIDIA B200", 0.1), run("NVIDIA GeForce RTX 4090", 0.8), run(nil, 0.2)])
        let near = Expectation(steps: 1000, history: history, prices: try outlook("ADA_24"))
        #expect(near.duration == .seconds(920) && near.runs == 1)
        let far = Expectation(steps: 1000, history: history, prices: try outlook("AMPERE_16"))
        #expect(far.duration == .seconds(320) && far.runs == 3)
        // One run on no known GPU: its price is not known, and that of the pools stands in.
        #expect(abs((far.pricePerSecond ?? 0) - 0.00016) < 1e-12)
    }

    @Test("is paid at the mean price of the GPUs that we got, the slower for longer")
    func mixture() throws {
        let history = RunHistory([run("NVIDIA GeForce RTX 4090", 1), run("NVIDIA RTX A6000", 3)])
        let expectation = Expectation(steps: 1000, history: history, prices: try outlook("ADA_24", "AMPERE_48"))
        #expect(abs((expectation.pricePerSecond ?? 0) - (0.00031 + 3 * 0.00034) / 4) < 1e-12)
        let set = Expectation(steps: 1000, history: history, prices: PriceOutlook(perSecond: 0.001, isSet: true))
        #expect(set.pricePerSecond.map { abs($0 - 0.001) < 1e-9 } == true)
    }

    @Test("never shortens the limit that RunPod is given: the next GPU may be slower")
    func limit() throws {
        let fast = Expectation(
            steps: 4000, history: RunHistory([run("NVIDIA GeForce RTX 4090", 0.1)]), prices: try outlook("ADA_24"))
        #expect(fast.executionTimeout == Expectation(steps: 4000, pricePerSecond: nil).executionTimeout)
        let slow = Expectation(steps: 4000, history: RunHistory([run(nil, 3)]), prices: nil)
        #expect(slow.executionTimeout == .seconds(3 * 12_120) && slow.timeToLive == slow.executionTimeout + .hours(6))
    }

    @Test("the price says where it comes from")
    func words() throws {
        #expect(PriceOutlook(perSecond: 0.00031)?.words == "at $1.12 an hour, as published on 2026-06-08")
        #expect(PriceOutlook(perSecond: 0.001, isSet: true)?.words == "at $3.60 an hour, as set")
        var catalogue = PriceCatalogue.published
        catalogue.asOf = Timestamp(parsing: "2026-11-23T18:12:00Z")
        #expect(PriceOutlook(catalogue, pools: ["ADA_24", "AMPERE_48"], gpus: 2)?.words == "at $2.23–$2.45 an hour (18:12)")
        #expect(PriceOutlook(catalogue, pools: ["ADA_32_PRO"], gpus: 1) == nil)
    }
}
