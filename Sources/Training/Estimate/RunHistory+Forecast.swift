/// What our own trainings say of one that has not begun.
extension RunHistory {
    struct Forecast: Hashable {
        /// On a worker: to the first step, the steps, and the upload.
        var duration: Seconds
        /// On how many of our trainings it rests.
        var runs: Int
        /// The mean price of a worker's second in those, in US dollars; nil where one of them has no price.
        var pricePerSecond: Double?
    }

    /// So many of the newest count: trainer and endpoint change.
    private static let recent = 20

    /// - Parameter prices: what the GPUs cost that the endpoint may give; runs on others count only where there is none on these.
    /// - Returns: nil where nothing of ours teaches it.
    func forecast(steps: Int, prices: PriceOutlook?) -> Forecast? {
        let timed = runs.suffix(RunHistory.recent).compactMap { run in run.secondsPerStep.map { (run: run, rate: $0) } }
        let known = timed.filter { timed in timed.run.gpu.map { prices?.gpus[$0] != nil } ?? false }
        let chosen = known.isEmpty ? timed : known
        guard !chosen.isEmpty else { return nil }
        let rate = chosen.map(\.rate).sorted().median
        let (data, upload) = (data, upload)
        let rest = data.isLearned ? data.seconds + upload.seconds : RunHistory.tableOverhead
        return Forecast(
            duration: .seconds(rest + rate * Double(steps)), runs: chosen.count, pricePerSecond: price(of: chosen, prices))
    }

    /// By today's prices, and where RunPod does not tell them by those of then; a slower GPU is paid longer, and counts for more.
    private func price(of runs: [(run: PastRun, rate: Double)], _ prices: PriceOutlook?) -> Double? {
        var (sum, weight) = (0.0, 0.0)
        for (run, rate) in runs {
            guard let price = run.gpu.flatMap({ prices?.gpus[$0] }) ?? run.perHour else { return nil }
            sum += price.dollars / 3600 * rate
            weight += rate
        }
        return weight > 0 ? sum / weight : nil
    }
}

extension Expectation {
    /// From our own completed trainings where there are any, else from the table.
    ///
    /// A price that the operator set wins over all others; then come those of the GPUs that we got, then that of the endpoint's pools.
    /// - Parameter prices: nil where no price is known.
    public init(steps: Int, history: RunHistory, prices: PriceOutlook?) {
        let table = Expectation(steps: steps, pricePerSecond: prices.map { $0.usual.dollars / 3600 })
        guard let forecast = history.forecast(steps: steps, prices: prices) else {
            self = table
            return
        }
        // Never less than the table's: the next one may land on a slower GPU than all before, and a limit that is too low kills it.
        let limit = max(forecast.duration * 3, table.executionTimeout)
        let learned = prices?.basis == .set ? nil : forecast.pricePerSecond
        self.init(
            duration: forecast.duration, executionTimeout: limit, timeToLive: limit + .hours(6),
            pricePerSecond: learned ?? table.pricePerSecond, runs: forecast.runs)
    }

    /// Dollars that the whole training should cost, exactly; nil where no price is known.
    public var money: Money? { cost.flatMap { Money(dollars: $0) } }

    /// `from 6 trainings`, `from the table`.
    public var basis: String { runs.map { "from \($0) training\($0 == 1 ? "" : "s")" } ?? "from the table" }
}
