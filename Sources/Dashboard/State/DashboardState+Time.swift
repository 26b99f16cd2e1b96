import EngineAPI
import Training

extension DashboardState {
    /// Whether something on the screen goes on with the time: a training's minutes, its cost, its time left, the clock.
    public var countsTime: Bool { ledger.openAttempts.contains { $0.phase.isInFlight } }

    /// How long the screen may stand still, in real time, until the time has to come; nil while nothing counts it.
    ///
    /// All that goes on with the time is shown in minutes and cents, so five seconds of the engine's time are soon enough; but the clock
    /// never shows a minute that is over. A simulated minute may last less than a second, and then a second has to do.
    public var standsStillFor: Duration? {
        guard countsTime else { return nil }
        let (minute, step): (Int64, Int64) = (60_000, 5000)
        let untilMinute = minute - ((now.milliseconds % minute) + minute) % minute
        let wait = Double(min(step, untilMinute)) / max(1, source.timeScale)
        return max(.milliseconds(Int64(wait.rounded(.up))), source.timeScale > 1 ? .seconds(1) : .zero)
    }
}
