import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("Marking and starting")
struct StartingTests {
    static func ids(_ numbers: Int...) -> [ActorID] { numbers.map { ActorID($0) } }

    @Test("Space marks and goes on; t and y start what is marked")
    func start() {
        var state = World().state()
        let effects = state.press(.character(" "), .character(" "), .character("t"), .character("y"))
        #expect(effects.commands == [.train(actors: Self.ids(5, 7), origin: .operator, override: false)])
        #expect(effects.envelopes.map(\.id) == ["c-1"])
        #expect(effects.envelopes.first?.by == "operator")
        #expect(state.dialog == nil && state.actors.marks.isEmpty)
    }

    @Test("without marks the selected actor is meant; Enter opens the plan and does not start")
    func enter() {
        var state = World().state()
        #expect(state.press(.enter).isEmpty)
        #expect(state.dialog?.context == .plan)
        #expect(state.press(.enter).isEmpty)
        #expect(state.dialog == nil)
        #expect(
            state.press(.down, .enter, .character("y")).commands == [
                .train(actors: Self.ids(7), origin: .operator, override: false)
            ])
    }

    @Test("any other key closes the plan", arguments: [Key.character("n"), .escape, .character("z"), .tab, .character(" ")])
    func closes(key: Key) {
        var state = World().state()
        #expect(state.press(.character("t"), key).isEmpty)
        #expect(state.dialog == nil)
    }

    @Test("a marks all eligible, and a second time unmarks them; u clears")
    func all() {
        var state = World.busy.state()
        state.type("a")
        #expect(state.actors.marks == Set(Self.ids(5, 7, 19)))
        state.type("a")
        #expect(state.actors.marks.isEmpty)
        state.type("au")
        #expect(state.actors.marks.isEmpty)
    }

    @Test("the plan is bound to what it showed, whatever moves below")
    func bound() {
        var world = World()
        var state = world.state()
        state.type("t")
        world.actors.insert(.make(1, "0001_new", images: 20), at: 0)
        _ = state.reduce(.update(.reading(.cast(CastReading(actors: world.actors, asOf: world.now)))))
        #expect(state.press(.character("y")).commands == [.train(actors: Self.ids(5), origin: .operator, override: false)])
    }

    @Test("who is out for a judgement is left out until o takes them in")
    func override() {
        var world = World()
        world.actors.append(.make(6, "0006_good", models: [.make(6, 7, good: true)]))
        var state = world.state(width: 100)
        state.press(.end, .character(" "), .home, .character(" "), .character("t"))
        #expect(state.picture.contains { $0.contains("left out: 0006 0006_good: V7 is good") })
        var other = state
        #expect(other.press(.character("y")).commands == [.train(actors: Self.ids(5), origin: .operator, override: false)])
        state.type("o")
        #expect(state.picture.contains { $0.contains("overridden: V7 is good") })
        #expect(state.picture.contains { $0.contains("V8") })
        #expect(state.press(.character("y")).commands.isEmpty, "that there is a good model wants to have been seen")
        #expect(
            state.press(.character("w"), .character("y")).commands == [
                .train(actors: Self.ids(5, 6), origin: .operator, override: true)
            ])
    }

    @Test("who cannot be trained is not marked, and Enter shows every reason")
    func reasons() {
        var world = World()
        world.actors = [.make(8, "0008_none", approved: false, images: 0)]
        var state = world.state()
        state.type(" ")
        #expect(state.actors.marks.isEmpty)
        #expect(state.message?.severity == .warning)
        state.press(.enter)
        let screen = state.picture.joined(separator: "\n")
        #expect(screen.contains("- training data not approved") && screen.contains("- no images on S3"))
        #expect(state.press(.character("q"), .character("t"), .character("y")).commands.isEmpty)
    }

    @Test("a mark is dropped when its actor vanishes or may no longer be trained")
    func dropped() {
        var world = World()
        var state = world.state()
        state.type("a")
        world.actors = [.make(5, "0005_asian_30_male", models: [.make(5, 1, good: true)]), .make(9, "0009_new")]
        _ = state.reduce(.update(.reading(.cast(CastReading(actors: world.actors, asOf: world.now)))))
        #expect(state.actors.marks.isEmpty)
    }

    @Test("an actor that a job takes loses its mark and shows its job")
    func taken() {
        let world = World()
        var state = world.state()
        state.type("a")
        _ = state.reduce(
            .update(.fact(world.record(.jobQueued(QueuedJob(actor: ActorID(5), name: "x", origin: .server)), job: 1))))
        #expect(state.actors.marks == Set(Self.ids(7)))
        #expect(state.actors.eligibleCount == 1)
        #expect(state.picture.contains { $0.contains("0005") && $0.contains("j1 queued") })
    }

    @Test("warnings stand in the plan")
    func warnings() {
        var world = World()
        world.actors = [.make(9, "0009_few", images: 3)]
        var state = world.state()
        state.type("t")
        #expect(state.picture.contains { $0.contains("! only 3 images") })
    }

    @Test("D asks before it dismisses somebody else's pending version")
    func dismiss() {
        var world = World()
        world.actors = [.make(5, "0005_x", versions: [VersionRecord(id: "other-1", name: "V3", status: .pending)])]
        var state = world.state()
        #expect(state.press(.character("D"), .enter).isEmpty)
        #expect(state.press(.character("D"), .character("y")).commands == [.dismissPending(ActorID(5))])
    }

    @Test("s sorts, and the eligible ones stay first")
    func sort() {
        var state = World.busy.state()
        state.type("ss")
        #expect(state.actors.sort == .images)
        #expect(state.actors.list.ids.prefix(4) == Self.ids(19, 7, 5, 20)[...])
        #expect(state.actors.list.selected == ActorID(5))
    }
}
