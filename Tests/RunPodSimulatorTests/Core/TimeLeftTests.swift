import JSONText
import Testing
import Training

@testable import RunPodSimulator

/// The time left against what a demo batch's trainings really took, all from their log lines and under a clock that a test moves.
@Suite("The time left, measured")
struct TimeLeftTests {
    /// One estimate and the truth that it was made against, in seconds.
    private struct Guess {
        var low: Double
        var high: Double
        var truth: Double
        var error: Double { abs((low + high) / 2 - truth) / truth }
        var isWithin: Bool { (low...high).contains(truth) }
    }

    /// Follows one run's log to the end.
    /// - Returns: the estimate before the first step, the ones at each tenth of the steps, and what the run teaches.
    private func follow(
        _ record: SimulatedRunRecord, _ history: RunHistory
    ) throws -> (before: Guess?, tenths: [Guess], run: PastRun) {
        let run = record.run
        let end = try #require(run.finish)
        let steps = record.job.request.steps
        var estimator = TimeEstimator(steps: steps, gpu: record.gpu.id)
        var clock = PhaseClock(acceptedAt: run.start)
        clock.running(at: run.start)
        func guess(_ now: Timestamp) -> Guess? {
            estimator.left(at: now, runningSince: run.start, history: history).map {
                Guess(low: $0.low.inSeconds, high: $0.high.inSeconds, truth: (end - now).inSeconds)
            }
        }
        let before = guess(run.start + .seconds(5))
        var tenths: [Guess] = []
        for line in SimulatedLog(record).lines(source: "container", after: nil, to: end) {
            let parsed = TrainerLogLine(line.text)
            if let stage = parsed.stage { estimator.note(stage, at: line.time) }
            guard let progress = parsed.progress else { continue }
            estimator.note(step: progress.step, at: line.time)
            clock.step(progress.step, of: progress.steps, at: line.time)
            if progress.step * 10 >= steps * (tenths.count + 1), tenths.count < 9 {
                tenths.append(try #require(guess(line.time)))
            }
        }
        clock.ended(at: end)
        return (before, tenths, PastRun(steps: steps, gpu: record.gpu.id, times: clock.times, execution: end - run.start))
    }

    @Test("is off by less than a tenth, in the median, after the first tenth of the steps", arguments: [7, 11, 4711] as [UInt64])
    func batch(seed: UInt64) throws {
        var world = try World(workers: 24, seed: seed)
        for number in 1...24 {
            _ = try world.submit(World.order("actor_00\(number + 10)_V1", steps: [1500, 2000, 2500, 3000][number % 4]))
        }
        world.pass(.minutes(3))
        let records = world.endpoint.runs
        #expect(records.count == 24)
        var history = RunHistory()
        var (first, before, all): ([Guess], [Guess], [Guess]) = ([], [], [])
        for (index, record) in records.enumerated() {
            let followed = try follow(record, history)
            #expect(followed.tenths.count == 9)
            first += followed.tenths.prefix(1)
            all += followed.tenths
            // The first few have nothing to learn from.
            if index >= 6, let guess = followed.before { before.append(guess) }
            history.add(followed.run)
        }
        let medians = (after: median(first), whole: median(all), before: median(before))
        let within = Double(all.filter(\.isWithin).count) / Double(all.count)
        let widths = (0..<9).map { tenth in median(stride(from: tenth, to: all.count, by: 9).map { (all[$0].high - all[$0].low) })
        }
        print(
            "time left, seed \(seed), 24 trainings: median error after the first tenth \(percent(medians.after)), worst",
            "\(percent(first.map(\.error).max() ?? 0)); over all tenths \(percent(medians.whole)), in its range \(percent(within));",
            "before the first step, from six and more runs \(percent(medians.before)); width of the range, tenth by tenth, in minutes",
            widths.map { "\(($0 / 6).rounded() / 10)" }.joined(separator: " "))
        #expect(medians.after < 0.1)
        #expect(medians.whole < 0.05)
        #expect(medians.before < 0.15)
        #expect(within > 0.87)
        // A range that narrows.
        #expect(zip(widths, widths.dropFirst()).filter { $0 < $1 }.count <= 1)
    }

    private func median(_ guesses: [Guess]) -> Double { median(guesses.map(\.error)) }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 1 : sorted[sorted.count / 2]
    }

    private func percent(_ share: Double) -> String { "\(Double((share * 1000).rounded()) / 10) %" }
}
