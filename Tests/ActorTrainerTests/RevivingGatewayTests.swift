import JSONText
import Synchronization
import Testing
import Training
import TrainingPorts

@testable import ActorTrainer

@Suite("A simulator that is started again when it is asked")
struct RevivingGatewayTests {
    /// Cannot be reached until it is started.
    private final class Ended: TrainingGateway {
        let endpoint = "ep"
        let carriesLimits = true
        /// What submitting comes to before it is started.
        let before: SubmissionAnswer
        private let state = Mutex((runs: false, calls: 0))

        init(before: SubmissionAnswer = .unsent("refused")) { self.before = before }

        var calls: Int { state.withLock(\.calls) }
        func start() { state.withLock { $0.runs = true } }

        private func answers() -> Bool {
            state.withLock { state in
                state.calls += 1
                return state.runs
            }
        }

        func submit(_ request: JSONValue) async -> SubmissionAnswer { answers() ? .accepted(RunPodID("a-u1"), .inQueue) : before }
        func status(of job: RunPodID, at endpoint: String?) async -> StatusAnswer {
            answers() ? .notFound("") : .failed("refused")
        }
        func cancel(_ job: RunPodID, at endpoint: String?) async -> CancelAnswer {
            answers() ? .notFound("") : .failed("refused")
        }
        func health() async -> HealthAnswer { answers() ? .notFound("") : .failed("refused") }
    }

    @Test("each question that it did not get is asked once more")
    func asked() async {
        func gateway() -> RevivingGateway {
            let ended = Ended()
            return RevivingGateway(own: ended) {
                ended.start()
                return true
            }
        }
        #expect(await gateway().submit([:]) == .accepted(RunPodID("a-u1"), .inQueue))
        #expect(await gateway().status(of: RunPodID("a")) == .notFound(""))
        #expect(await gateway().cancel(RunPodID("a")) == .notFound(""))
        #expect(await gateway().health() == .notFound(""))
    }

    @Test("an order that may have left is never sent a second time, nor anything where it runs")
    func onlyUnsent() async {
        let uncertain = Ended(before: .uncertain("no answer"))
        #expect(await RevivingGateway(own: uncertain) { true }.submit([:]) == .uncertain("no answer"))
        #expect(uncertain.calls == 1)
        let running = Ended()
        #expect(await RevivingGateway(own: running) { false }.submit([:]) == .unsent("refused"))
        #expect(running.calls == 1)
    }
}
