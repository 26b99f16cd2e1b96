import Testing
import Training

@testable import RunPodSimulator

@Suite struct SimulatedClockTests {
    let start = Timestamp(milliseconds: 1_800_000_000_000)
    let real = Timestamp(milliseconds: 1_700_000_000_000)

    @Test("simulated time runs faster by the scale, and a change of pace is no jump")
    func scale() {
        let clock = SimulatedClock(epoch: start, realEpoch: real, scale: 60)
        #expect(clock.now(real: real + .seconds(2)) == start + .minutes(2))
        #expect(clock.real(of: start + .minutes(2)) == real + .seconds(2))
        let slower = clock.rescaled(to: 1, real: real + .seconds(2))
        #expect(slower.now(real: real + .seconds(2)) == start + .minutes(2))
        #expect(slower.now(real: real + .seconds(3)) == start + .seconds(121))
        #expect(clock.skipping(.hours(1), real: real).now(real: real + .seconds(1)) == start + .hours(1) + .seconds(60))
        #expect(SimulatedClock(clock.json) == clock)
    }
}
