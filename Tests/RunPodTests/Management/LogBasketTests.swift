import NIOCore
import NIOEmbedded
import Testing
import TrainingPorts
import WaitingTestSupport

@testable import RunPod

@Suite("Lines of a log on their way", .timeLimit(.minutes(1)))
struct LogBasketTests {
    private let loop = NIOAsyncTestingEventLoop()

    private func line(_ number: Int) -> WorkerLogLine {
        WorkerLogLine(id: "\(number)", source: nil, time: nil, line: "line \(number)")
    }

    private func numbers(_ lines: [WorkerLogLine]?) -> [Int]? { lines?.compactMap { $0.id.flatMap { Int($0) } } }

    /// Puts lines in, in a task of its own: between two beats it waits until they are taken.
    private func puts(_ numbers: Int..., into basket: LogBasket) -> Task<Void, Never> {
        Task { for number in numbers { await basket.put([line(number)]) } }
    }

    private func isWaited(for basket: LogBasket) async throws {
        try await eventually("the reader waits") { basket.isWaitedFor }
    }

    /// A basket from which what the log held at first was taken.
    private func begun(_ beat: LogBeat) async -> LogBasket {
        let basket = LogBasket(beat)
        await basket.put([line(0)])
        await loop.advanceTime(by: .milliseconds(100))
        #expect(numbers(await basket.next()) == [0])
        return basket
    }

    @Test("what a log holds when following begins comes in one piece")
    func past() async {
        let basket = LogBasket(LogBeat(on: loop, unit: .seconds(1)))
        for number in 1...300 {
            await basket.put([line(number)])
            await loop.advanceTime(by: .microseconds(300))
        }
        #expect(!basket.isReady)
        await loop.advanceTime(by: .milliseconds(10))
        #expect(numbers(await basket.next()) == Array(1...300))
    }

    @Test("after a pause what lies ready goes on at once, and nothing more is read until the next beat")
    func beat() async throws {
        let basket = await begun(LogBeat(on: loop, unit: .seconds(1)))
        await basket.put([line(1)])
        await basket.put([line(2)])
        await loop.run()
        #expect(numbers(await basket.next()) == [1, 2])
        await loop.advanceTime(by: .milliseconds(101))
        let reader = puts(3, 4, into: basket)
        try await isWaited(for: basket)
        await loop.advanceTime(by: .milliseconds(1898))
        #expect(!basket.isReady)
        await loop.advanceTime(by: .milliseconds(1))
        #expect(numbers(await basket.next()) == [3])
        await reader.value
        await loop.run()
        #expect(numbers(await basket.next()) == [4])
        await loop.advanceTime(by: .seconds(2))
        await basket.put([line(5)])
        await loop.run()
        #expect(numbers(await basket.next()) == [5])
    }

    @Test("all logs have one beat in common, and it is the slower the more logs there are")
    func together() async throws {
        let beat = LogBeat(on: loop, unit: .seconds(1))
        let (first, second) = (await begun(beat), await begun(beat))
        await first.put([line(1)])
        await loop.run()
        #expect(numbers(await first.next()) == [1])
        await loop.advanceTime(by: .milliseconds(500))
        let readers = [puts(2, into: second), puts(3, into: first)]
        try await isWaited(for: first)
        try await isWaited(for: second)
        await loop.advanceTime(by: .milliseconds(2499))
        #expect(!first.isReady && !second.isReady)
        await loop.advanceTime(by: .milliseconds(1))
        #expect(first.isReady && second.isReady)
        #expect(numbers(await first.next()) == [3])
        #expect(numbers(await second.next()) == [2])
        for reader in readers { await reader.value }
    }

    @Test("a log that is followed no more makes the beat faster again")
    func left() async throws {
        let beat = LogBeat(on: loop, unit: .seconds(1))
        let basket = await begun(beat)
        do { _ = LogBasket(beat) }
        await basket.put([line(1)])
        await loop.run()
        #expect(numbers(await basket.next()) == [1])
        await loop.advanceTime(by: .milliseconds(1999))
        let reader = puts(2, into: basket)
        try await isWaited(for: basket)
        #expect(!basket.isReady)
        await loop.advanceTime(by: .milliseconds(1))
        #expect(numbers(await basket.next()) == [2])
        await reader.value
    }

    @Test("who follows no more does not wait for the beat, and gets what is left")
    func hurried() async throws {
        let basket = await begun(LogBeat(on: loop, unit: .seconds(1)))
        await basket.put([line(1)])
        await loop.run()
        #expect(numbers(await basket.next()) == [1])
        await loop.advanceTime(by: .milliseconds(500))
        let reader = puts(2, into: basket)
        try await isWaited(for: basket)
        basket.hurry()
        #expect(numbers(await basket.next()) == [2])
        await reader.value
        await basket.put([line(3)])
        #expect(numbers(await basket.next()) == [3])
    }

    @Test("a full basket does not wait for the beat, and its reader waits until it is emptied: nothing is lost, no memory fills")
    func full() async {
        let basket = LogBasket(LogBeat(on: loop, unit: .seconds(1)))
        let count = LogBasket.limit * 3
        let reading = Task {
            for number in 1...count { await basket.put([line(number)]) }
            basket.close()
        }
        var (taken, most): ([Int], Int) = ([], 0)
        while let lines = await basket.next() {
            taken += numbers(lines) ?? []
            most = max(most, lines.count)
        }
        await reading.value
        #expect(taken == Array(1...count))
        #expect(most == LogBasket.limit)
    }

    @Test("what is left when the log ends is handed over without waiting")
    func end() async {
        let basket = LogBasket(LogBeat(on: loop, unit: .seconds(1)))
        await basket.put([line(1)])
        basket.close()
        #expect(numbers(await basket.next()) == [1])
        #expect(await basket.next() == nil)
    }
}
