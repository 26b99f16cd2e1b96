import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("News of the engine")
struct EngineNewsTests {
    @Test("facts change ledger, rows and log; what the operator is to be told goes to the terminal")
    func facts() {
        var world = World()
        var state = world.state()
        let queued = world.happen(.jobQueued(QueuedJob(actor: ActorID(5), name: "0005_x", origin: .operator)), job: 1)
        #expect(state.reduce(.update(.fact(queued))).isEmpty)
        #expect(state.trainings.tally.queued == 1 && state.ledger == world.ledger)
        #expect(state.log.entries.last?.text == "0005_x was queued by the operator")
        let ended = world.happen(.attemptEnded(Ending(outcome: .cancelled, at: world.now)), job: 1)
        #expect(state.reduce(.update(.fact(ended))).isEmpty)
        let notice = TerminalNotice(rings: true, title: "0005_x completed")
        #expect(state.reduce(.noticed(notice)) == [.tell(notice)])
        #expect(state.trainings.tally.open == 0)
    }

    @Test("a fact that is in already changes nothing; a hole and a lag ask for a new snapshot, once")
    func sequence() {
        var world = World()
        let first = world.happen(.queueResumed)
        var state = world.state()
        let before = state
        #expect(state.reduce(.update(.fact(first))).isEmpty)
        #expect(state == before)
        world.happen(.queueResumed)
        let third = world.happen(.queueResumed)
        #expect(state.reduce(.update(.fact(third))) == [.attachAgain])
        #expect(state.reduce(.update(.lagged)).isEmpty)
        #expect(state.ledger.sequence == 1)
        #expect(state.reduce(.attached(world.snapshot)).isEmpty)
        #expect(state.ledger == world.ledger && state.log.count == 3)
        #expect(state.reduce(.update(.lagged)) == [.attachAgain])
    }

    @Test("a reading moves the clock: no age on the screen is younger than the time beside it")
    func clock() {
        var world = World.busy
        var state = world.state(width: 120, height: 40)
        world.pass(minutes: 7)
        let later = world.now
        let cast = CastReading(actors: world.actors, asOf: later)
        _ = state.reduce(.update(.reading(.cast(cast))))
        #expect(state.now == later && state.picture[0].hasSuffix(" \(later.minuteText) UTC"))
        _ = state.reduce(.update(.reading(.health(HealthReading(health: nil, asOf: later + .minutes(1))))))
        #expect(state.now == later + .minutes(1))
        _ = state.reduce(.update(.reading(.checked(AttemptID(job: JobID(2), number: 1), CheckReading(asOf: later)))))
        #expect(state.now == later + .minutes(1))
    }

    @Test(
        "what was said goes with the screen's clock, by the reader's seconds, and stays where nothing counts them",
        arguments: [(Note.Severity.info, 10.0, 1.0), (.warning, 30, 1), (.info, 10, 60)])
    func messageGoes(severity: Note.Severity, lifetime: Double, scale: Double) {
        var world = World.busy
        world.source.timeScale = scale
        var state = world.state()
        func tick(_ seconds: Double) {
            _ = state.reduce(.update(.reading(.tick(world.now + .seconds(7200 + seconds * scale)))))
        }
        let reply = severity == .info ? Reply.accepted(message: "held", jobs: []) : .refused(message: "held")
        _ = state.reduce(.replied(commandID: "x", reply))
        let said = state.message?.text
        // The time before was as of two hours ago: what was said must be seen all the same.
        tick(0)
        #expect(said != nil && state.message?.text == said && state.picture.contains { $0.contains("held") })
        for second in stride(from: 1, to: lifetime, by: 1) { tick(second) }
        _ = state.reduce(.update(.reading(.health(HealthReading(health: nil, asOf: world.now + .hours(9))))))
        #expect(state.message?.text == said)
        tick(lifetime)
        #expect(state.message == nil)
        // The next one has its own time.
        _ = state.reduce(.replied(commandID: "x", reply))
        tick(lifetime + 5)
        tick(lifetime + 14)
        #expect(state.message?.text == said)
        tick(lifetime * 2 + 5)
        #expect(state.message == nil)
    }

    @Test("an idle dashboard asks for no tick, so that what was said stays until a key is pressed")
    func messageStays() {
        var state = World().state()
        _ = state.reduce(.replied(commandID: "x", .accepted(message: "done", jobs: [])))
        #expect(!state.countsTime && state.message?.text == "done")
        _ = state.reduce(.terminal(.key(.character("j"))))
        #expect(state.message == nil)
    }

    @Test("with nothing but a held queue open no tick comes, and the clock says what it is as of")
    func heldClock() {
        var world = World()
        world.queue(1, actor: 5)
        #expect(!world.state().countsTime && world.state().picture[0].contains("as of 14:00 UTC"))
        world.train(1, actor: 5)
        #expect(!world.state().picture[0].contains("as of"))
    }

    @Test("attaching again keeps selection, marks and filter")
    func again() {
        var world = World.busy
        var state = world.state()
        state.type("a2j")
        let marks = state.actors.marks
        _ = state.reduce(.engineLost("the engine went away"))
        #expect(state.picture[0].contains("NO ENGINE"))
        #expect(state.type("x").isEmpty && state.dialog == nil)
        #expect(state.press(.function(5)) == [.attachAgain])
        world.end(2, .completed)
        _ = state.reduce(.attached(world.snapshot))
        #expect(state.actors.marks == marks && state.trainings.list.selected == JobID(3))
        #expect(state.message?.text.contains("1 event meanwhile") == true)
        #expect(!state.picture[0].contains("NO ENGINE"))
    }

    @Test("replies are said, a refusal with what was refused; it alone is logged, for the other ones' events are")
    func replies() {
        var state = World().state()
        let id = state.type("h").envelopes.first?.id ?? ""
        _ = state.reduce(.replied(commandID: id, .refused(message: "the queue is held already")))
        #expect(state.picture.contains(" Warning: Hold the queue was refused: the queue is held already"))
        #expect(state.log.entries.last?.severity == .warning)
        _ = state.reduce(.replied(commandID: "x", .accepted(message: "j1 queued", jobs: [])))
        #expect(state.message?.text == "j1 queued")
        #expect(state.log.entries.last?.text == "j1 queued")
        let count = state.log.entries.count
        _ = state.reduce(.replied(commandID: "y", .accepted(message: "j2 queued", jobs: [], isTold: true)))
        #expect(state.message?.text == "j2 queued")
        #expect(state.log.entries.count == count)
        state.press(.down)
        #expect(state.message == nil)
    }

    @Test("a stale cast says since when and why")
    func staleCast() {
        var world = World()
        world.fault = "the server does not answer at http://127.0.0.1:3003; is it running?"
        let screen = world.state().picture
        #expect(screen[2].contains("as of 14:00") && screen[2].contains("NOT READ"))
        #expect(screen[22].contains("Warning: the server does not answer"))
    }

    @Test("health, route, ticks and checks are shown")
    func readings() {
        var world = World.busy
        world.health = HealthReading(health: EndpointHealth(inQueue: 2), asOf: world.now)
        var state = world.state(width: 120)
        #expect(state.picture[1].contains("NO WORKERS"))
        _ = state.reduce(.update(.reading(.route(RouteReading(state: .down, detail: "", asOf: world.now)))))
        #expect(state.picture[0].contains("tunnel DOWN (14:34)"))
        _ = state.reduce(.update(.reading(.tick(world.now + .minutes(3)))))
        #expect(state.picture[0].hasSuffix("14:37 UTC"))
        let attempt = AttemptID(job: JobID(2), number: 1)
        _ = state.reduce(.update(.reading(.checked(attempt, CheckReading(asOf: world.now, fault: "HTTP 500")))))
        state.type("2")
        #expect(state.picture.contains { $0.contains("IN_PROGRESS?") })
        #expect(state.picture.contains { $0.contains("asked 14:34: HTTP 500") })
    }

    @Test("with nothing open the clock is that of the newest news, and says so")
    func restingClock() {
        var world = World()
        #expect(world.state().picture[0].hasSuffix("as of 14:00 UTC"))
        world.health = HealthReading(health: EndpointHealth(), asOf: world.now + .minutes(5))
        #expect(world.state().picture[0].hasSuffix("as of 14:05 UTC"))
        #expect(world.state().picture[1].hasSuffix("RunPod: 0 running · 0 queued (14:05)"))
        world.train(1, actor: 5)
        // Not the snapshot's 14:01 beside a reading of 14:05.
        #expect(world.state().picture[0].hasSuffix("  14:05 UTC"))
    }

    @Test(
        "the header tells a tunnel from none, and cuts no words in half",
        arguments: [
            (RouteReading.State.up, "https://a.example", "tunnel up (14:00)"), (.up, "http://127.0.0.1:4711", "no tunnel needed"),
            (.down, "gone", "tunnel DOWN (14:00)"), (.none, "", "no tunnel, polling only"),
        ])
    func tunnel(state: RouteReading.State, detail: String, words: String) {
        var world = World()
        world.route = RouteReading(state: state, detail: detail, asOf: world.now)
        #expect(world.state(width: 120).picture[0].contains(" \(words)  "))
        #expect(!world.state(width: 60).picture[0].contains("…"))
    }

    @Test("a held queue says why")
    func held() {
        var world = World()
        world.happen(.queueHeld(Hold(cause: .failures, reason: "two failures in a row")))
        #expect(world.state().picture[1].contains("HELD: two failures in a row"))
    }
}
