import Foundation
import Testing
import Training

@Suite("RunPod's word")
struct RunPodObservationTests {
    @Test(
        "is read without regard to case, and a new one is kept and taken as going on",
        arguments: [
            ("IN_QUEUE", RunPodState.inQueue, false), ("in_progress", .inProgress, false), ("RUNNING", .inProgress, false),
            ("COMPLETED", .completed, true),
            ("Failed", .failed, true), ("CANCELLED", .cancelled, true), ("CANCELED", .cancelled, true),
            ("TIMED_OUT", .timedOut, true),
            ("PAUSED", .unknown("PAUSED"), false),
        ])
    func words(word: String, state: RunPodState, isFinal: Bool) {
        #expect(RunPodState(word) == state)
        #expect(state.isFinal == isFinal)
        #expect(RunPodState(state.description) == state)
    }

    @Test("is news when state, retries or worker change, and not when only the running times do")
    func news() {
        let first = RunPodObservation(state: .inProgress, delayTime: 1, executionTime: 1, worker: "w")
        #expect(first.isNews(after: nil))
        #expect(!first.isNews(after: first))
        #expect(
            !RunPodObservation(state: .inProgress, delayTime: 9, executionTime: 9, retries: 0, worker: "w").isNews(after: first))
        #expect(!RunPodObservation(state: .inProgress).isNews(after: first))
        #expect(RunPodObservation(state: .completed, worker: "w").isNews(after: first))
        #expect(RunPodObservation(state: .inProgress, retries: 1, worker: "w").isNews(after: first))
        #expect(RunPodObservation(state: .inProgress, worker: "v").isNews(after: first))
    }

    @Test("numbers that cannot be are taken for not told, read from outside or from a journal", arguments: [Int.max, -1, .min])
    func impossible(number: Int) throws {
        let told = RunPodObservation(state: .completed, delayTime: number, executionTime: number, retries: number)
        #expect(told == RunPodObservation(state: .completed))
        let text = #"{"state":"COMPLETED","delayTime":\#(number),"executionTime":\#(number),"retries":\#(number)}"#
        #expect(try JSONDecoder().decode(RunPodObservation.self, from: Data(text.utf8)) == told)
        #expect(TrainingProgress(step: number, steps: number).fraction != nil || number < 0)
        #expect(!EndpointHealth(inQueue: number, idle: number, initializing: number, ready: number).hasNoCapacity || number < 0)
    }

    @Test("a sum of times ends at the longest time, and a number that is none is no time")
    func sums() {
        #expect(Timestamp(milliseconds: .max) + .hours(1) == Timestamp(milliseconds: .max))
        #expect(Timestamp(milliseconds: .min) - Timestamp(milliseconds: .max) == Seconds(milliseconds: .min))
        #expect(Seconds(milliseconds: .max) + .hours(1) == Seconds(milliseconds: .max))
        #expect(Seconds(milliseconds: .min) - .hours(1) == Seconds(milliseconds: .min))
        #expect([Seconds(1e30), Seconds(-.infinity), Seconds(.nan)].map(\.milliseconds) == [.max, .min, 0])
    }

    @Test(
        "a progress is a fraction where step and steps are known, from 0 to 1",
        arguments: [
            (500, 2000, 0.25), (0, 2000, 0), (3000, 2000, 1), (-1, 2000, 0), (5, 0, nil), (nil, 2000, nil), (5, nil, nil),
        ] as [(Int?, Int?, Double?)])
    func fractions(step: Int?, steps: Int?, fraction: Double?) {
        #expect(TrainingProgress(step: step, steps: steps).fraction == fraction)
    }

    @Test("jobs wait without anybody to take them only when no worker is there in any state that could")
    func capacity() {
        #expect(EndpointHealth(inQueue: 1).hasNoCapacity)
        #expect(EndpointHealth(inQueue: 1, throttled: 3, unhealthy: 1).hasNoCapacity)
        #expect(!EndpointHealth().hasNoCapacity)
        for health in [
            EndpointHealth(inQueue: 1, idle: 1), .init(inQueue: 1, initializing: 1), .init(inQueue: 1, ready: 1),
            .init(inQueue: 1, running: 1),
        ] {
            #expect(!health.hasNoCapacity)
        }
    }
}
