import NIOCore
import NIOEmbedded
import Testing
import TrainingPorts

@testable import RunPod

@Suite("Lines of a log on their way", .timeLimit(.minutes(1)))
struct LogBasketTests {
    private let loop = NIOAsyncTestingEventLoop()

    private func line(_ number: Int) -> WorkerLogLine {
        WorkerLogLine(id: "\(number)", source: nil, time: nil, line: "line \(number)")
    }

    private func numbers(_ lines: [WorkerLogLine]?) -> [Int]? { lines?.compactMap { $0.id.flatMap { Int($0) } } }

    @Test("after a pause the first goes on at once, and those after it together, a beat later")
    func beat() async {
        let basket = LogBasket(LogBeat(on: loop, interval: .seconds(1)))
        await basket.put([line(1)])
        #expect(numbers(await basket.next()) == [1])
        await basket.put([line(2)])
        await basket.put([line(3)])
        await loop.advanceTime(by: .milliseconds(999))
        #expect(!basket.isReady)
        await basket.put([line(4)])
        await loop.advanceTime(by: .milliseconds(1))
        #expect(basket.isReady)
        #expect(numbers(await basket.next()) == [2, 3, 4])
        await loop.advanceTime(by: .seconds(1))
        await basket.put([line(5)])
        #expect(numbers(await basket.next()) == [5])
    }

    @Test("all logs have one beat in common")
    func together() async {
        let beat = LogBeat(on: loop, interval: .seconds(1))
        let (first, second) = (LogBasket(beat), LogBasket(beat))
        await first.put([line(1)])
        #expect(numbers(await first.next()) == [1])
        await second.put([line(2)])
        await loop.advanceTime(by: .milliseconds(400))
        await first.put([line(3)])
        #expect(!first.isReady && !second.isReady)
        await loop.advanceTime(by: .milliseconds(600))
        #expect(first.isReady && second.isReady)
        #expect(numbers(await first.next()) == [3])
        #expect(numbers(await second.next()) == [2])
    }

    @Test("a full basket does not wait for the beat, and its reader waits until it is emptied: nothing is lost, no memory fills")
    func full() async {
        let basket = LogBasket(LogBeat(on: loop, interval: .seconds(1)))
        await basket.put([line(0)])
        #expect(numbers(await basket.next()) == [0])
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
        let basket = LogBasket(LogBeat(on: loop, interval: .seconds(1)))
        await basket.put([line(1)])
        #expect(numbers(await basket.next()) == [1])
        await basket.put([line(2)])
        basket.close()
        #expect(numbers(await basket.next()) == [2])
        #expect(await basket.next() == nil)
    }
}
