import SystemSurroundings
import Testing
import Training

@Suite("The real clock")
struct ContinuousEngineClockTests {
    private let start = Timestamp(milliseconds: 1_795_449_892_120)

    @Test("begins at the time it was given and runs on by its scale")
    func scaled() async {
        let clock = ContinuousEngineClock(startingAt: start, scale: 60_000)
        let before = ContinuousClock.now
        #expect(clock.now() >= start)
        await clock.sleep(until: start + .minutes(20))
        // Twenty minutes are 20 ms at this scale.
        #expect(clock.now() >= start + .minutes(20))
        #expect(before.duration(to: .now) < .seconds(10))
    }

    @Test("does not wait for what lies behind, nor for the end of time when it is cancelled")
    func edges() async {
        let clock = ContinuousEngineClock(startingAt: start)
        await clock.sleep(until: start + .hours(-1))
        let sleeper = Task { await clock.sleep(until: Timestamp(milliseconds: .max)) }
        sleeper.cancel()
        await sleeper.value
        #expect(clock.now() < start + .minutes(1))
    }

    @Test("leaps in all its copies at once, and waits for no time that a leap has passed")
    func leaping() async {
        let clock = ContinuousEngineClock(startingAt: start)
        let copy = clock
        clock.leap(by: .hours(3))
        #expect(copy.now() >= start + .hours(3))
        await copy.sleep(until: start + .hours(2))
        #expect(copy.now() < start + .hours(3) + .minutes(1))
    }

    @Test("starts at the wall's time unless told otherwise")
    func wall() {
        #expect(ContinuousEngineClock.wall().now() > Timestamp(milliseconds: 1_700_000_000_000))
        #expect(ContinuousEngineClock.wall(scale: 60).scale == 60)
    }

    @Test("digests as SHA-256 does, and chance does not repeat itself")
    func digestAndChance() {
        let digester = SHA256Digester()
        #expect(digester.sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Set((0..<100).map { _ in SystemRandom().next() }).count == 100)
    }
}
