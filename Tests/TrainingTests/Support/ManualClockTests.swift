import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@Suite("The clock that is moved by hand")
struct ManualClockTests {
    @Test("wakes sleepers in the order of their deadlines, and none too early")
    func order() async {
        let clock = ManualClock()
        let (stream, woken) = AsyncStream.makeStream(of: String.self)
        await withTaskGroup(of: Void.self) { group in
            var sleeping = 0
            for (name, seconds) in [("c", 30.0), ("a", 10), ("b", 20)] {
                group.addTask {
                    await clock.sleep(until: .sample + .seconds(seconds))
                    woken.yield(name)
                }
                sleeping += 1
                await clock.waitForSleepers(sleeping)
            }
            var names = stream.makeAsyncIterator()
            clock.advance(by: .seconds(9))
            #expect(clock.sleepers == 3)
            for (expected, seconds) in [("a", 1.0), ("b", 10), ("c", 10)] {
                #expect(clock.nextDeadline == clock.now() + .seconds(seconds))
                clock.advance(by: .seconds(seconds))
                #expect(await names.next() == expected)
            }
            #expect(clock.nextDeadline == nil)
        }
    }

    @Test("does not put anybody to sleep until a time that is past, nor a cancelled task")
    func atOnce() async {
        let clock = ManualClock()
        await clock.sleep(until: .sample)
        let sleeper = Task { await clock.sleep(until: .sample + .hours(1)) }
        await clock.waitForSleepers()
        sleeper.cancel()
        await sleeper.value
        #expect(clock.sleepers == 0)
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await clock.sleep(until: .sample + .hours(1))
        }
        await late.value
        #expect(clock.sleepers == 0)
        #expect(clock.now() == .sample)
    }

    @Test("never goes back")
    func forward() {
        let clock = ManualClock()
        clock.advance(by: .hours(1))
        clock.advance(to: .sample)
        #expect(clock.now() == .sample + .hours(1))
    }
}
