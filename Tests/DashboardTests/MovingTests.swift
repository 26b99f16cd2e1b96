import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("Moving, filtering and leaving")
struct MovingTests {
    static func crowd(_ count: Int) -> World {
        var world = World()
        world.actors = (1...count).map { .make($0, "actor number \($0)") }
        return world
    }

    @Test("Tab, Shift-Tab and digits go from pane to pane")
    func panes() {
        var state = World().state()
        state.press(.tab)
        #expect(state.focus == .trainings)
        state.press(.tab, .tab, .backTab)
        #expect(state.focus == .log)
        state.type("2")
        #expect(state.focus == .trainings)
    }

    @Test(
        "keys of movement",
        arguments: [
            ([Key.character("j")], 2), ([.down, .down, .up], 2), ([.character("j"), .character("k")], 1), ([.character("G")], 50),
            ([.end, .character("g")], 1), ([.end, .home], 1), ([.pageDown], 5), ([.pageDown, .pageUp], 1), ([.control("d")], 3),
            ([.control("d"), .control("u")], 1), ([.up], 1),
        ])
    func moves(keys: [Key], expected: Int) {
        var state = Self.crowd(50).state()
        for key in keys { state.press(key) }
        #expect(state.actors.list.selected == ActorID(expected))
    }

    @Test("the selection follows the actor, not the row")
    func follows() {
        var world = Self.crowd(50)
        var state = world.state()
        state.press(.control("d"), .control("d"))
        let selected = state.actors.list.selected
        let before = state.picture.firstIndex { $0.contains(">  ") }
        world.actors.insert(.make(0, "actor before all"), at: 0)
        _ = state.reduce(.update(.reading(.cast(CastReading(actors: world.actors, asOf: world.now)))))
        #expect(selected != nil && state.actors.list.selected == selected)
        #expect(before != nil && state.picture.firstIndex { $0.contains(">  ") } == before)
    }

    @Test("the selection follows the training when it ends and sinks")
    func followsJob() {
        var world = World()
        world.train(1, actor: 5)
        world.queue(2, actor: 7)
        var state = world.state()
        state.type("2")
        _ = state.reduce(.update(.fact(world.happen(.attemptEnded(Ending(outcome: .failed, at: world.now)), job: 1))))
        #expect(state.trainings.list.ids == [JobID(2), JobID(1)])
        #expect(state.trainings.list.selected == JobID(1))
    }

    @Test("without the keys the trainings' cursor rests on an open one; with them it stays with its training")
    func rests() {
        var world = World()
        world.train(1, actor: 5)
        world.queue(2, actor: 7)
        var state = world.state()
        _ = state.reduce(.update(.fact(world.happen(.attemptEnded(Ending(outcome: .failed, at: world.now)), job: 1))))
        #expect(state.trainings.list.selected == JobID(2))
        state.type("2G")
        #expect(state.trainings.list.selected == JobID(1))
        world.queue(3, actor: 5)
        _ = state.reduce(.update(.fact(world.events[world.events.count - 1])))
        #expect(state.trainings.list.selected == JobID(1))
        // The log goes with the selection: as long as it does, the cursor stays.
        state.type("l1")
        _ = state.reduce(.update(.fact(world.happen(.preparationStarted, job: 3))))
        #expect(state.trainings.list.selected == JobID(1))
        state.type("2l1")
        _ = state.reduce(.update(.fact(world.happen(.attemptPrepared(.make(actor: 5)), job: 3))))
        #expect(state.trainings.list.selected == JobID(2))
    }

    @Test("Enter opens the plan of an actor, and all about a training", arguments: [Key.enter, .character("d")])
    func enter(key: Key) {
        var state = World.busy.state()
        state.press(.character("2"), key)
        #expect(state.dialog?.kind == .training(JobID(2)) && state.log.narrowedTo == nil)
        state.press(key)
        #expect(state.dialog == nil)
        #expect(state.hints.contains { $0.key == "Enter" && $0.word == "detail" })
    }

    @Test("a filter is typed, shown with how many it leaves, kept by Enter and cleared by Esc")
    func filter() {
        var state = Self.crowd(50).state()
        state.type("/number 4")
        #expect(state.actors.list.ids.count == 11)
        #expect(state.picture[2].contains("/number 4 · 11 of 50"))
        #expect(state.paint(width: 80, height: 24).cursor != nil)
        state.press(.backspace, .enter)
        #expect(!state.isFiltering && state.actors.filter.text == "number ")
        state.press(.escape)
        #expect(state.actors.list.ids.count == 50)
        state.type("/zzz")
        #expect(state.picture.contains { $0.contains("No actor has") })
        state.press(.escape)
        #expect(!state.isFiltering && state.actors.list.ids.count == 50)
    }

    @Test("letters in a filter are no commands")
    func filterLetters() {
        var state = Self.crowd(5).state()
        #expect(state.type("/qXt y").isEmpty)
        #expect(state.actors.filter.text == "qXt y" && state.dialog == nil)
    }

    @Test("a paste never is a command and only goes into an open field")
    func paste() {
        var world = World()
        world.train(1, actor: 5)
        var state = world.state()
        for keys in ["", "t", "2x", "q", "?"] {
            state.type(keys)
            let before = state
            #expect(state.reduce(.terminal(.paste("y\nyall\n"))).isEmpty)
            #expect(state == before)
            state.press(.escape)
        }
        state.type("X")
        #expect(state.reduce(.terminal(.paste("all\n"))).isEmpty)
        #expect(state.dialog?.field?.text == "all ")
    }

    @Test("a huge paste is cut")
    func hugePaste() {
        var state = World().state()
        state.type("/")
        _ = state.reduce(.terminal(.paste(String(repeating: "x\u{1B}[31m", count: 100_000))))
        #expect(state.actors.filter.text.count == TextInput.maximumCharacters)
    }

    @Test("with nothing open q and Ctrl-C leave at once")
    func leaveIdle() {
        var state = World().state()
        #expect(state.type("q") == [.leave])
        #expect(state.press(.control("c")) == [.leave])
    }

    @Test("with something open q asks, and the second Ctrl-C leaves")
    func leaveBusy() {
        var state = World.busy.state()
        #expect(state.type("q").isEmpty)
        #expect(state.press(.enter).isEmpty && state.dialog == nil)
        #expect(state.type("qy") == [.leave])
        #expect(state.press(.control("c")).isEmpty)
        #expect(state.press(.control("c")) == [.leave])
        state = World.busy.state()
        state.type("/abc")
        #expect(state.press(.control("c")).isEmpty)
        #expect(state.dialog?.context == .leaving)
    }

    @Test("signals leave, but an interrupt asks first; Ctrl-L draws, and a return asks anew")
    func others() {
        var state = World.busy.state()
        #expect(state.press(.control("l")) == [.redraw])
        let resumed = state.reduce(.terminal(.resumed))
        #expect(resumed.first == .redraw && resumed.commands == [.refresh])
        #expect(state.reduce(.terminal(.terminate(signal: 15))) == [.leave])
        #expect(state.reduce(.terminal(.terminate(signal: 2))).isEmpty)
        #expect(state.dialog?.context == .leaving)
        #expect(state.reduce(.terminal(.terminate(signal: 2))) == [.leave])
    }

    @Test("after leaving it is said what goes on and how to come back")
    func farewell() {
        #expect(World().state().farewell.isEmpty)
        #expect(World.busy.state().farewell.last == "Come back with: actor-trainer --demo")
        let way = "actor-trainer --demo --state-dir '/tmp/a b'"
        let state = DashboardState(snapshot: World.busy.snapshot, commandPrefix: "c", wayBack: way)
        #expect(state.farewell.last?.string == "Come back with: " + way)
    }

    @Test("on a screen that is too small only leaving works")
    func tooSmall() {
        var state = World.busy.state()
        _ = state.reduce(.terminal(.resized(width: 30, height: 5)))
        #expect(state.type("thX y").isEmpty)
        #expect(state.type("q") == [.leave])
        _ = state.reduce(.terminal(.resized(width: 80, height: 24)))
        #expect(state.picture == World.busy.state().picture)
    }

    @Test("help scrolls and closes", arguments: [Key.escape, .character("q"), .character("?"), .enter])
    func help(key: Key) {
        var state = World().state()
        state.press(.character("?"), .end)
        #expect(state.dialog?.scroll ?? 0 > 0)
        #expect(state.dialog?.scroll == state.lastScroll)
        state.press(key)
        #expect(state.dialog == nil)
    }
}
