import Testing
import Training

@Suite("What is left of a training")
struct TimeEstimatorTests {
    private let start = Timestamp(milliseconds: 1_800_000_000_000)

    /// A training of so many steps, told every ten, with a pause after each hundred.
    private func trained(to step: Int, of steps: Int, secondsPerStep: Double, pause: Double = 0) -> (TimeEstimator, Timestamp) {
        var estimator = TimeEstimator(steps: steps, gpu: "NVIDIA GeForce RTX 4090")
        var time = start + .seconds(100)
        for now in stride(from: 0, through: step, by: 10) {
            time = time + .seconds(secondsPerStep * 10 + (now % 100 == 0 ? pause : 0))
            estimator.note(step: now, at: time)
        }
        return (estimator, time)
    }

    @Test("comes from the measured rate once there is one, and pauses do not spoil it")
    func measured() throws {
        let (estimator, now) = trained(to: 400, of: 2000, secondsPerStep: 1.2, pause: 30)
        let left = try #require(estimator.left(at: now, runningSince: start, history: RunHistory()))
        #expect(left.basis == .measured)
        #expect(left.low.inSeconds < 1920 + 20 && left.high.inSeconds > 1920)
        #expect(abs(left.middle.inSeconds - 1940) < 100)
    }

    @Test("narrows as the training goes on")
    func narrows() throws {
        let widths = try [100, 400, 1000, 1900].map { step in
            let (estimator, now) = trained(to: step, of: 2000, secondsPerStep: 0.9)
            let left = try #require(estimator.left(at: now, runningSince: start, history: RunHistory()))
            return (left.high - left.low).inSeconds
        }
        #expect(widths == widths.sorted(by: >))
    }

    @Test("before the first step comes from our own runs on the same GPU, then from any, then from the table")
    func learned() throws {
        func left(_ runs: [PastRun]) throws -> TimeEstimate {
            try #require(
                TimeEstimator(steps: 1000, gpu: "NVIDIA A40").left(at: start, runningSince: start, history: RunHistory(runs)))
        }
        let table = try left([])
        #expect(table.basis == .table && abs(table.middle.inSeconds - 1040) < 1)
        let times = PhaseTimes(data: .seconds(60), training: .seconds(2000), upload: .seconds(20))
        let same = try left(Array(repeating: PastRun(steps: 1000, gpu: "NVIDIA A40", times: times), count: 3))
        #expect(same.basis == .history && abs(same.middle.inSeconds - 2080) < 1)
        let other = try left(Array(repeating: PastRun(steps: 1000, gpu: "NVIDIA L4", times: times), count: 3))
        #expect(other.middle == same.middle && other.high - other.low > same.high - same.low)
    }

    @Test("is nothing where no step comes any more, and where the first one is long overdue")
    func nothing() {
        let (estimator, now) = trained(to: 400, of: 2000, secondsPerStep: 1)
        #expect(estimator.left(at: now + .minutes(1), runningSince: start, history: RunHistory()) != nil)
        #expect(estimator.left(at: now + .minutes(10), runningSince: start, history: RunHistory()) == nil)
        let silent = TimeEstimator(steps: 2000)
        #expect(silent.left(at: start + .minutes(20), runningSince: start, history: RunHistory()) == nil)
    }

    @Test("after the last step is the upload, as long as our own were")
    func upload() throws {
        let (estimator, now) = trained(to: 1000, of: 1000, secondsPerStep: 1)
        let history = RunHistory([PastRun(steps: 900, gpu: nil, times: PhaseTimes(upload: .seconds(50)))])
        let left = try #require(estimator.left(at: now + .seconds(20), runningSince: start, history: history))
        #expect(abs(left.middle.inSeconds - 30) < 3)
    }

    @Test("begins anew when the training does, on another worker")
    func again() throws {
        var (estimator, now) = trained(to: 800, of: 1000, secondsPerStep: 2)
        now = now + .minutes(5)
        estimator.note(.loading, at: now)
        for step in stride(from: 0, through: 100, by: 10) {
            now = now + .seconds(10)
            estimator.note(step: step, at: now)
        }
        let left = try #require(estimator.left(at: now, runningSince: start, history: RunHistory()))
        #expect(left.basis == .measured && abs(left.middle.inSeconds - 920) < 30)
    }
}

@Suite("The clock of the parts")
struct PhaseClockTests {
    private let start = Timestamp(milliseconds: 1_800_000_000_000)

    @Test("times queue, cold start, data, training and upload apart")
    func parts() {
        var clock = PhaseClock(acceptedAt: start)
        clock.workerStarted(at: start + .seconds(30))
        clock.running(at: start + .seconds(80))
        clock.step(1, of: 1000, at: start + .seconds(200))
        clock.step(1000, of: 1000, at: start + .seconds(1200))
        clock.ended(at: start + .seconds(1230))
        #expect(
            clock.times
                == PhaseTimes(
                    queue: .seconds(30), coldStart: .seconds(50), data: .seconds(120), training: .seconds(1000),
                    upload: .seconds(30)))
    }

    @Test("leaves out what was not seen: a first step in the middle, an end before the last one")
    func gaps() {
        var clock = PhaseClock(acceptedAt: start)
        clock.running(at: start + .seconds(80))
        clock.step(500, of: 1000, at: start + .seconds(600))
        clock.ended(at: start + .seconds(700))
        #expect(clock.times == PhaseTimes(queue: .seconds(80)))
    }

    @Test("a warm worker has no cold start")
    func warm() {
        var clock = PhaseClock(acceptedAt: start)
        clock.workerStarted(at: start + .minutes(-30))
        clock.running(at: start + .seconds(3))
        #expect(clock.times.queue == .seconds(0) && clock.times.coldStart == .seconds(3))
    }
}
