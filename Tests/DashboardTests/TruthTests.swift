import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("What is not known is not shown as known")
struct TruthTests {
    private static let first = AttemptID(job: JobID(1), number: 1)

    private func running(minutes: Double = 10, _ edit: (inout World) -> Void = { _ in }) -> World {
        var world = World()
        world.train(1, actor: 5)
        world.pass(minutes: minutes)
        edit(&world)
        return world
    }

    @Test("a training whose steps have stopped is shown to run over, and what it still costs is not made up")
    func stalled() {
        let world = running(minutes: 60) { world in
            var reading = ProgressReading(
                progress: TrainingProgress(step: 500, steps: 2000), asOf: world.now + .minutes(-30), rate: 1)
            reading.left = TimeEstimate(low: .minutes(20), high: .minutes(25), basis: .history)
            world.progress[Self.first] = reading
        }
        let state = world.state(width: 120, height: 40)
        #expect(state.picture.contains { $0.contains("500/2000") && $0.contains("over by 28 min") })
        #expect(!state.trainingLines(JobID(1)).contains { $0.text.contains("to finish") })
    }

    @Test("while RunPod does not answer, what a training and an hour cost is a question")
    func unanswered() {
        let world = running { $0.checks[Self.first] = CheckReading(asOf: $0.now, fault: "connection refused") }
        let state = world.state(width: 120, height: 40)
        #expect(state.picture[1].contains("/h?"))
        #expect(state.picture.contains { $0.contains("j1") && $0.contains("$0.16?") })
        #expect(state.trainingLines(JobID(1)).contains { $0.text.hasSuffix("cost $0.16 so far if it still runs") })
        #expect(running().state(width: 120, height: 40).picture.contains { $0.contains("j1") && $0.contains("$0.16+") })
    }

    @Test("news of a training that was said never to have left make its cost unknown, and stand in its row")
    func laterNews() {
        var world = World()
        world.queue(1, actor: 5)
        world.submit(1, actor: 5)
        world.end(1, .neverSubmitted)
        #expect(Cost(of: world.ledger.jobs[0].latest, estimated: 0.5, now: world.now) == .actual(0))
        world.happen(.lateNews(Note(severity: .warning, text: "a webhook says COMPLETED")), job: 1)
        #expect(Cost(of: world.ledger.jobs[0].latest, estimated: 0.5, now: world.now) == .unknown)
        #expect(world.state(width: 120).picture.contains { $0.contains("j1") && $0.contains("later: a webhook says") })
    }

    @Test("a key that RunPod refuses is not called silence")
    func refused() {
        func header(_ reading: HealthReading) -> String {
            var world = World()
            world.health = reading
            return world.state(width: 120).picture[1]
        }
        let health = EndpointHealth()
        #expect(header(HealthReading(health: nil, asOf: World.start, fault: "401", isRefused: true)).contains("RunPod: refused"))
        #expect(header(HealthReading(health: nil, asOf: World.start, fault: "timeout")).contains("RunPod: no answer"))
        #expect(header(HealthReading(health: health, asOf: World.start, fault: "timeout")).contains("no answer, last 14:00"))
    }

    @Test("a time of another day has its date")
    func dates() {
        var world = World()
        world.health = HealthReading(health: EndpointHealth(), asOf: world.now)
        world.train(1, actor: 5)
        world.end(1, .completed)
        world.pass(minutes: 34 * 60)
        let state = world.state(width: 120)
        #expect(state.picture[1].contains("(11-23 14:00)"))
        #expect(state.trainingLines(JobID(1)).contains { $0.text.hasPrefix("completed at 11-23 14:01") })
    }

    @Test("marks that the filter hides are counted in the title and in the question")
    func hiddenMarks() {
        var world = World()
        world.train(1, actor: 5)
        world.train(2, actor: 7)
        var state = world.state(width: 120, height: 40)
        state.type("2  /0007")
        state.press(.enter)
        #expect(state.picture.contains { $0.contains("2 marked (1 hidden)") })
        state.type("x")
        #expect(state.picture.contains { $0.contains("Cancel 2 trainings?") })
        #expect(state.picture.contains { $0.contains("1 of them hidden by the filter.") })
    }

    @Test("a plan that starts nothing offers no y, and one under a hold says that it waits")
    func plans() {
        var world = World()
        world.actors = [.make(8, "0008_asian_41_female", approved: false, images: 0)]
        var state = world.state(width: 120)
        state.type("t")
        #expect(state.picture.contains { $0.contains("Nothing to start") })
        #expect(!state.picture.contains { $0.contains("[y]") })
        world.actors = [.make(5, "0005_asian_30_male")]
        world.happen(.queueHeld(Hold(cause: .asked, reason: "held by the operator")))
        state = world.state(width: 120)
        state.type("t")
        #expect(state.picture.contains { $0.contains("The queue is held (held by the operator); h lets it move.") })
    }

    @Test("a hold after an unclean end does not count jobs that are gone")
    func emptyHold() {
        var world = World()
        world.happen(.queueHeld(Hold(cause: .uncleanEnd, reason: "11 planned jobs wait until you resume the queue")))
        #expect(world.state(width: 120).picture[1].contains("HELD: h lets new trainings start"))
        world.queue(1, actor: 5)
        #expect(world.state(width: 120).picture[1].contains("11 planned jobs wait"))
    }

    @Test("a model that is missing in the manifest some minutes after its training is said to be")
    func missingInManifest() {
        var world = World()
        world.train(1, actor: 5)
        world.happen(
            .attemptEnded(Ending(outcome: .completed, at: world.now, reason: nil, model: "s3://b/k/actor_0005_V1.safetensors")),
            job: 1)
        #expect(!world.state(width: 140).picture.contains { $0.contains("not in the manifest") })
        world.pass(minutes: 3)
        #expect(world.state(width: 140).picture.contains { $0.contains("actor_0005_V1.safetensors, not in the manifest") })
        world.happen(.modelRecorded, job: 1)
        #expect(!world.state(width: 140).picture.contains { $0.contains("not in the manifest") })
    }

    @Test("an uncertain training is not retried before it is resolved")
    func uncertainRetry() {
        var state = World.busy.state()
        state.type("2jr")
        #expect(state.message?.text == "j3 may be running: resolve it with v first.")
    }
}
