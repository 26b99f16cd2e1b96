import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("A verdict on a model")
struct MarkingTests {
    private let mark = GoodMark(actor: 1, version: VersionNumber(7), good: true)

    private func wanted() -> Stage {
        var stage = Stage()
        #expect(stage.say(.markGood(1, VersionNumber(7), good: true))?.isAccepted == true)
        return stage
    }

    @Test("is recorded before it is sent, and asked for again after a crash in between")
    func crash() {
        var stage = wanted()
        #expect(stage.events.last == "model.mark_wanted")
        #expect(stage.asks(.mark(1, VersionNumber(7))))
        stage.restart()
        #expect(stage.asks(.mark(1, VersionNumber(7))))
        stage.give(.marked(mark, fault: nil))
        #expect(stage.events.last == "model.marked")
        stage.restart()
        #expect(!stage.asks(.mark(1, VersionNumber(7))))
        #expect(stage.core.deadline(after: stage.now) == nil)
    }

    @Test("is sent again while the server is away, and not any more once it is refused")
    func refused() {
        var stage = wanted()
        stage.give(.marked(mark, fault: PortError(.unreachable, "away")))
        #expect(!stage.asks(.mark(1, VersionNumber(7))))
        stage.wait(6)
        #expect(stage.asks(.mark(1, VersionNumber(7))))
        stage.give(.marked(mark, fault: PortError(.notFound, "no such model")))
        #expect(stage.events.last == "model.mark_refused")
        #expect(stage.journal.last?.sentence == "actor_0001_V7 was not marked good: no such model")
        stage.wait(5000)
        #expect(!stage.asks(.mark(1, VersionNumber(7))))
        #expect(stage.core.deadline(after: stage.now) == nil)
    }

    @Test("takes the place of an earlier one that is still on its way, and is sent after it")
    func changed() {
        var stage = wanted()
        #expect(stage.say(.markGood(1, VersionNumber(7), good: true))?.isAccepted == false)
        #expect(stage.say(.markGood(1, VersionNumber(7), good: false))?.isAccepted == true)
        stage.give(.marked(mark, fault: nil))
        let last = stage.asked.compactMap { if case .mark(let mark) = $0 { mark.good } else { nil } }
        #expect(last == [false])
    }
}
