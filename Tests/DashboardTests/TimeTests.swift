import EngineAPI
import Testing
import Training

@testable import Dashboard

@Suite("When the screen has to be told the time")
struct TimeTests {
    private func stillness(after milliseconds: Int64 = 0, scale: Double = 1) -> Duration? {
        var world = World()
        world.source.timeScale = scale
        world.train(1, actor: 5)
        world.now = Timestamp(milliseconds: World.start.milliseconds + 60_000 + milliseconds)
        return world.state().standsStillFor
    }

    @Test("with a training open every five seconds are enough, since nothing on it shows a second")
    func step() { #expect(stillness() == .seconds(5)) }

    @Test("the clock does not show a minute that is over", arguments: [(54_999, 5000), (55_001, 4999), (59_999, 1)])
    func minute(milliseconds: Int64, wait: Int) { #expect(stillness(after: milliseconds) == .milliseconds(wait)) }

    @Test("simulated minutes that pass within a second are not all shown")
    func scaled() {
        #expect(stillness(scale: 120) == .seconds(1))
        #expect(stillness(scale: 2) == .milliseconds(2500))
        #expect(stillness(after: 59_999, scale: 2) == .seconds(1))
    }

    @Test("with nothing open it stands still for good")
    func idle() {
        var world = World()
        world.queue(1, actor: 5)
        #expect(world.state().standsStillFor == nil)
    }
}
