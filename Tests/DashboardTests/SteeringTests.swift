import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("Steering trainings")
struct SteeringTests {
    static func running() -> World {
        var world = World()
        world.train(1, actor: 5)
        world.queue(2, actor: 7)
        return world
    }

    static let jobs = [JobID(1), JobID(2)]

    @Test("x asks, rests on no, and y cancels what was shown in the phase it was shown in")
    func cancel() {
        var state = Self.running().state()
        state.type("2")
        #expect(state.press(.character("x"), .enter).isEmpty)
        let sent = state.press(.character("x"), .character("y")).envelopes
        #expect(sent.map(\.command) == [.cancel([JobID(1)])])
        #expect(sent.map(\.expects) == [.training])
    }

    @Test("x says in words why it does nothing")
    func cancelNothing() {
        func said(_ keys: String, in world: World) -> String? {
            var state = world.state()
            #expect(state.type(keys).isEmpty && state.dialog == nil)
            return state.message?.text
        }
        #expect(said("2x", in: World()) == "There is no training to cancel.")
        var world = World()
        world.train(1, actor: 5)
        var cancelled = world
        cancelled.happen(.cancelRequested, job: 1)
        #expect(said("2x", in: cancelled) == "j1 is being cancelled already; RunPod has not confirmed it yet.")
        var completed = world
        completed.end(1, .completed)
        #expect(said("2x", in: completed) == "j1 has completed: there is nothing to cancel.")
        world.end(1, .failed)
        #expect(said("2x", in: world) == "j1 has ended (failed); r trains it again.")
        world.train(2, actor: 7)
        world.end(2, .failed)
        #expect(said("2  x", in: world) == "None of the 2 marked can be cancelled: j1 has ended (failed); r trains it again.")
    }

    @Test("x on an uncertain training says what a cancel means for it, and its price is a question")
    func cancelUncertain() {
        var state = World.busy.state(width: 100)
        state.type("2j")
        #expect(state.picture.contains { $0.contains("j3") && $0.contains(" ?  ") })
        state.type("d")
        let detail = state.picture.joined()
        #expect(detail.contains("cost not known: nothing if RunPod never got") && detail.contains("≈ $0.50"))
        state.press(.escape, .character("x"))
        #expect(state.picture.joined().contains("cancelled as soon as"))
        #expect(state.type("y").commands == [.cancel([JobID(3)])])
    }

    @Test("marked ones are cancelled together, each phase under its own condition")
    func cancelMarked() {
        var state = Self.running().state()
        let sent = state.type("2ax").isEmpty ? state.type("y").envelopes : []
        #expect(sent.map(\.command) == [.cancel([JobID(2)]), .cancel([JobID(1)])])
        #expect(sent.map(\.expects) == [.queued, .training])
        #expect(Set(sent.map(\.id)).count == 2)
        #expect(state.trainings.marks.isEmpty)
    }

    @Test("the question stays with the job when rows move")
    func cancelBound() {
        var world = Self.running()
        var state = world.state()
        state.press(.character("2"), .down, .character("x"))
        let record = world.happen(.attemptEnded(Ending(outcome: .completed, at: world.now)), job: 1)
        _ = state.reduce(.update(.fact(record)))
        #expect(state.type("y").commands == [.cancel([JobID(2)])])
    }

    @Test("X wants a typed word", arguments: [("all", true), ("al", false), ("ALL", false), ("", false)])
    func cancelAll(word: String, isDone: Bool) {
        var state = Self.running().state()
        state.type("X" + word)
        #expect(state.press(.enter).commands == (isDone ? [.cancelAll] : []))
        #expect(state.dialog == nil)
    }

    @Test("r retries what ended without a model, with its next version and cost shown")
    func retry() {
        var world = Self.running()
        world.end(1, .failed, reason: "CUDA out of memory")
        var state = world.state(width: 120, height: 40)
        state.press(.character("2"), .end, .character("r"))
        #expect(state.picture.contains { $0.contains("j1 0005_asian_30_male: failed, next is V2, ≈ $0.50") })
        let sent = state.type("y").envelopes
        #expect(sent.map(\.command) == [.retry([JobID(1)])])
        #expect(sent.map(\.expects) == [.done])
    }

    @Test("a running or completed training is not retried")
    func noRetry() {
        var world = Self.running()
        var state = world.state()
        state.type("2r")
        #expect(state.dialog == nil && state.message?.severity == .warning)
        world.end(1, .completed)
        state = world.state()
        state.press(.character("2"), .end, .character("r"))
        #expect(state.dialog == nil)
    }

    @Test("R retries all failed ones that the filter shows, but not the rejected")
    func retryFailed() {
        var world = World()
        world.actors.append(.make(9, "0009_third"))
        for (job, actor, outcome) in [(1, 5, Outcome.failed), (2, 7, .rejected), (3, 9, .timedOut)] {
            world.train(job, actor: actor)
            world.end(job, outcome)
        }
        var state = world.state()
        #expect(state.type("2Ry").commands == [.retry([JobID(1), JobID(3)])])
        state.type("/third")
        state.press(.enter)
        #expect(state.type("Ry").commands == [.retry([JobID(3)])])
    }

    @Test("h holds and lets go; a hold of the engine's own is asked about")
    func hold() {
        var world = World()
        var state = world.state()
        #expect(state.type("h").commands == [.hold])
        world.happen(.queueHeld(Hold(cause: .asked, reason: "asked for")))
        state = world.state()
        #expect(state.type("h").commands == [.resume])
        world.happen(.queueHeld(Hold(cause: .rejected, reason: "RunPod said 400")))
        state = world.state()
        #expect(state.type("h").isEmpty)
        #expect(state.picture.contains { $0.contains("RunPod said 400") })
        #expect(state.type("y").commands == [.resume])
    }

    @Test("three quick presses are three steps, and one at once is the least")
    func parallelism() {
        let world = World()
        var state = world.state()
        #expect(state.type("+++").commands == [.setParallelism(2), .setParallelism(3), .setParallelism(4)])
        _ = state.reduce(.replied(commandID: "c-3", .refused(message: "no")))
        #expect(state.type("-").isEmpty)
        #expect(state.message?.text.contains("At least one") == true)
    }

    @Test("m judges a completed model", arguments: [("g", true), ("b", false)])
    func judge(key: String, good: Bool) {
        var world = Self.running()
        world.end(1, .completed)
        var state = world.state()
        state.press(.character("2"), .end, .character("m"))
        #expect(state.type(key).commands == [.markGood(ActorID(5), VersionNumber(1), good: good)])
        state.type("1/0005")
        state.press(.enter, .character("m"), .enter)
        #expect(state.dialog == nil)
    }

    @Test("an uncertain training is resolved with an outcome and a reason", arguments: ["v", "!"])
    func resolve(key: String) {
        var state = World.busy.state()
        state.press(.character("2"), .down)
        #expect(state.type(key + "n").isEmpty)
        #expect(state.press(.enter).isEmpty, "a reason is needed")
        state.type("not in the console")
        let sent = state.press(.enter).envelopes
        #expect(sent.map(\.command) == [.resolve(JobID(3), .neverSubmitted, because: "not in the console")])
        #expect(sent.map(\.expects) == [.uncertain])
    }

    @Test("what could still leave a model is counted from the doubt, as the engine counts: before it the computer may have slept")
    func doubtAfterSleep() {
        var world = World()
        world.queue(1, actor: 5)
        world.submit(1, actor: 5)
        world.pass(minutes: 20 * 60)
        world.happen(.submissionUncertain(Doubt(reason: "cut off")), job: 1)
        var state = world.state(width: 100)
        state.type("2v")
        // The horizon of 2,000 steps is 9 h 22 min; the order left on the 23rd at 14:00.
        #expect(state.picture.joined().contains("until 2026-11-24 19:22 UTC"))
    }

    @Test("a cancel that RunPod has not taken of a training that it does not know says so, and that v ends it")
    func cancelOfGone() {
        var world = World()
        world.train(1, actor: 5)
        world.happen(.statusObserved(RunPodObservation(state: .gone)), job: 1)
        world.happen(.cancelRequested, job: 1)
        #expect(world.state(width: 100).picture.joined().contains("not confirmed; v resolves"))
        world.happen(.cancelTaken, job: 1)
        #expect(world.state(width: 100).picture.joined().contains("asked; GPU may still run"))
    }

    @Test("only an uncertain training is resolved")
    func noResolve() {
        var state = World.busy.state()
        state.type("2v")
        #expect(state.dialog == nil)
    }

    @Test(
        "read-only refuses every changing key with a sentence",
        arguments: ["t", "h", "+", "-", "X", "2x", "2r", "2R", "2v", "D", "m"])
    func readOnly(keys: String) {
        var world = Self.running()
        world.source.isReadOnly = true
        var state = world.state()
        #expect(state.type(keys).commands.isEmpty)
        #expect(state.dialog == nil)
        #expect(state.message?.text.contains("read-only") == true)
        state.press(.character("1"), .enter)
        #expect(state.dialog?.context != .plan)
        #expect(state.picture[0].contains("READ ONLY"))
    }

    @Test("F5 and Ctrl-R refresh, also read-only", arguments: [Key.function(5), .control("r")])
    func refresh(key: Key) {
        var world = World()
        world.source.isReadOnly = true
        var state = world.state()
        #expect(state.press(key).commands == [.refresh])
    }
}
