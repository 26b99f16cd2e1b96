import EngineAPI
import Testing
import Training
import TrainingPorts
import TrainingTestSupport

@testable import Orchestration

@Suite("Only a model that is what was ordered completes a training")
struct VerifyingTests {
    /// What makes the engine look for a model.
    enum Way: CaseIterable, Sendable {
        case completed, forgotten, lostWorker, doubt, byHand
    }

    private static let other = ModelFinding.said(["ss_network_dim": "4"])
    private static let words = "the model is not what was ordered: its rank is 4, and 16 was ordered"

    /// A training whose model is looked for.
    private func looking(_ way: Way) -> Stage {
        var stage = Stage()
        stage.train(1)
        switch way {
        case .doubt, .byHand:
            stage.prepare(1)
            stage.answer(1, .uncertain("reset"))
        case .completed:
            stage.launch(1)
            stage.status(1, .completed)
        case .forgotten:
            stage.launch(1)
            stage.wait(200)
            for _ in 0..<3 { stage.forgotten(1) }
        case .lostWorker:
            stage.launch(1)
            stage.status(1, .failed, error: "job timed out after 1 retries")
        }
        if way == .byHand { stage.say(.resolve(JobID(1), .completed, because: "seen on the console")) }
        return stage
    }

    @Test("by whatever way it is found, a model of another rank does not complete it", arguments: Way.allCases)
    func otherRank(way: Way) {
        var stage = looking(way)
        for _ in 0..<5 {
            stage.model(1, Self.other)
            stage.wait(20)
        }
        if way == .doubt {
            #expect(stage.phase(1) == .uncertain)
            stage.wait(stage.order(1)?.uncertaintyHorizon.inSeconds ?? 0)
            stage.model(1, Self.other)
        }
        let ending = stage.ledger[Stage.attempt(1)]?.phase.ending
        #expect(!stage.asks(.record(Stage.attempt(1))), "it is not written into the manifest")
        if way == .byHand {
            #expect(ending?.outcome == .completed, "the operator's word stands")
            #expect(stage.lines.contains { $0.text.contains(Self.words) })
        } else {
            #expect(ending?.outcome == .failed)
            #expect(ending?.reason?.contains(Self.words) == true, "\(ending?.reason ?? "")")
        }
    }

    @Test("by whatever way it is found, a model of the ordered rank and steps completes it", arguments: Way.allCases)
    func asOrdered(way: Way) throws {
        var stage = looking(way)
        let ordered = try #require(stage.order(1)).parameters
        stage.model(1, .said(["ss_network_dim": "\(ordered.networkDim)", "ss_steps": "\(ordered.maxTrainSteps)"]))
        #expect(stage.outcome(1) == .completed)
        #expect(stage.asks(.record(Stage.attempt(1))))
    }

    @Test("by whatever way it is found, a file from before the order left is another training's", arguments: Way.allCases)
    func olderFile(way: Way) throws {
        var stage = looking(way)
        let submitted = try #require(stage.ledger[Stage.attempt(1)]?.submittedAt)
        stage.model(1, .written(at: submitted + .hours(-25)))
        if way != .byHand { #expect(stage.outcome(1) != .completed) }
        #expect(!stage.asks(.record(Stage.attempt(1))))
        #expect(stage.lines.count { $0.text.contains("was there before this order left") } == 1)
        if way == .lostWorker { #expect(stage.ledger[JobID(1)]?.attempts.count == 2, "it was looked for, and it is not there") }
    }

    @Test("a clock that was wrong by hours when the order left loses no model")
    func clocks() throws {
        var stage = looking(.completed)
        let submitted = try #require(stage.ledger[Stage.attempt(1)]?.submittedAt)
        stage.model(1, .written(at: submitted + .hours(-23)))
        #expect(stage.outcome(1) == .completed)
    }

    /// Two trainings and one place; the first has finished and the store does not answer.
    private func blind(looks: Int) -> Stage {
        var stage = Stage()
        stage.say(.setParallelism(1))
        stage.train(1, 2)
        stage.launch(1)
        stage.status(1, .completed)
        for _ in 0..<looks { stage.model(1, .unreachable("forbidden")) }
        return stage
    }

    @Test("a finished training whose model cannot be looked for gives its place free after some looks, and is looked for on")
    func placeIsFree() {
        var stage = blind(looks: 4)
        #expect(stage.phase(2) == .queued)
        stage.model(1, .unreachable("forbidden"))
        #expect(stage.phase(2) == .preparing)
        #expect(stage.lines.contains { $0.text.contains("resolve it by hand (v)") })
        stage.wait(400)
        #expect(stage.asks(.model(Stage.attempt(1))))
        stage.model(1, .there)
        #expect(stage.outcome(1) == .completed)
    }

    @Test("the operator may resolve it then and not before, and never as not submitted")
    func resolvedByHand() {
        var stage = blind(looks: 4)
        #expect(stage.say(.resolve(JobID(1), .failed, because: "looked"))?.isAccepted == false)
        stage.model(1, .unreachable("forbidden"))
        #expect(stage.say(.resolve(JobID(1), .neverSubmitted, because: "looked"))?.isAccepted == false)
        #expect(stage.say(.resolve(JobID(1), .failed, because: "looked"))?.isAccepted == true)
        #expect(stage.outcome(1) == .failed)
    }

    @Test("that the store's models may not be listed is said once, and again where that came back")
    func listing() {
        var stage = Stage()
        stage.train(1, 2, 3, 4)
        stage.say(.setParallelism(4))
        for (job, fault) in [(1, "no list"), (2, "no list"), (3, nil), (4, "no list")] {
            var gathered = Gathered.sample(ActorID(job), random: UInt64(job))
            gathered.listingFault = fault
            stage.give(.prepared(Stage.attempt(job), .ready(gathered)))
        }
        #expect(stage.lines.count { $0.text.contains("no list; until then versions are numbered by") } == 2)
    }

    @Test("a file in between that the finished one replaces harms nothing")
    func replaced() {
        var stage = looking(.completed)
        stage.model(1, .said(["ss_steps": "10"]))
        #expect(stage.phase(1) == .verifying)
        stage.model(1, .there)
        #expect(stage.outcome(1) == .completed)
    }
}

extension ModelFinding {
    /// A whole model of that time.
    fileprivate static func written(at time: Timestamp) -> ModelFinding {
        guard case .present(var stored) = there else { return there }
        stored.lastModified = time
        return .present(stored)
    }

    /// A whole model that says this of itself.
    fileprivate static func said(_ metadata: [String: String]) -> ModelFinding {
        guard case .present(var stored) = there else { return there }
        stored.metadata = metadata
        return .present(stored)
    }
}
