import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("The look at a plan's needs before it starts")
struct PlanCheckTests {
    private func state(_ world: World = World()) -> DashboardState {
        DashboardState(snapshot: world.snapshot, commandPrefix: "c", checksPlans: true, width: 100, height: 30)
    }

    private static let error = Finding.error(
        "runpod.workers", "the endpoint abc may start no worker", remedy: "raise max workers")
    private static let warning = Finding.warning("webhook", "no tunnel is there", remedy: "start one")
    private static let missing = Finding.error("images.missing", "1 image is not on S3: a.png", remedy: "upload it")

    private static func train(_ ids: Int...) -> Command {
        .train(actors: ids.map { ActorID($0) }, origin: .operator, override: false)
    }

    @Test("opening a plan asks for the look, and the plan says that it goes on")
    func asks() {
        var state = state()
        #expect(state.press(.character(" "), .character(" "), .character("t")) == [.check(plan: 1, [ActorID(5), ActorID(7)])])
        #expect(state.picture.contains { $0.contains("Looking at endpoint") })
        _ = state.reduce(.checked(plan: 1, PreflightReport(general: [.ok("runpod.key", "fine")])))
        #expect(state.picture.contains { $0.contains("were looked at") })
        #expect(state.press(.character("y")).commands == [Self.train(5, 7)])
    }

    @Test("a start before the look has ended begins with its end, whatever was pressed meanwhile")
    func early() {
        var state = state()
        #expect(state.press(.character("t"), .character("y"), .character("j")).commands.isEmpty)
        #expect(state.dialog == nil)
        #expect(state.reduce(.checked(plan: 1, PreflightReport())).commands == [Self.train(5)])
        #expect(state.reduce(.checked(plan: 1, PreflightReport())).isEmpty)
    }

    @Test("a start before the look has ended comes back as a plan where something was found")
    func earlyAndWrong() {
        var state = state()
        state.press(.character("t"), .character("y"))
        #expect(state.reduce(.checked(plan: 1, PreflightReport(general: [Self.error]))).isEmpty)
        #expect(state.picture.contains { $0.contains("may start no worker; raise max workers") })
    }

    @Test("a general error lets nothing start, and w does not help")
    func errors() {
        var state = state()
        state.type("t")
        _ = state.reduce(.checked(plan: 1, PreflightReport(general: [Self.error, Self.warning])))
        #expect(state.press(.character("y"), .character("w"), .character("y")).isEmpty)
        #expect(state.dialog?.context == .plan)
        #expect(state.picture.contains { $0.contains("✗ the endpoint abc may start no worker; raise max workers") })
        #expect(state.message?.text.hasPrefix("Not started: the endpoint abc") == true)
    }

    @Test("a warning wants a key of its own before y starts")
    func warnings() {
        var state = state()
        state.type("t")
        _ = state.reduce(.checked(plan: 1, PreflightReport(general: [Self.warning])))
        #expect(state.press(.character("y")).isEmpty)
        #expect(state.message?.text.contains("w says that they were seen") == true)
        #expect(state.picture.contains { $0.contains("warnings seen") })
        #expect(state.press(.character("w"), .character("y")).commands == [Self.train(5)])
    }

    private static let many = "61 images, more than 60"

    /// One warning at each place of the plan where one can stand.
    enum Place: CaseIterable, Sendable {
        case general, ofTheSecondActor, inTheRow, inTheRowWithoutALook
    }

    @Test("wherever on the plan a warning stands, y wants w before it", arguments: Place.allCases)
    func everyWarning(place: Place) {
        var world = World()
        if [.inTheRow, .inTheRowWithoutALook].contains(place) {
            world.actors = [.make(5, "0005_many", images: 61)] + world.actors.filter { $0.id != ActorID(5) }
        }
        var state = DashboardState(
            snapshot: world.snapshot, commandPrefix: "c", checksPlans: place != .inTheRowWithoutALook, width: 100, height: 30)
        state.type("  t")
        if place != .inTheRowWithoutALook {
            let report = PreflightReport(
                general: place == .general ? [Self.warning] : [],
                actors: place == .ofTheSecondActor ? [ActorID(7): [Self.warning]] : [:])
            _ = state.reduce(.checked(plan: 1, report))
        }
        #expect(state.picture.contains { $0.contains("! ") && ($0.contains("no tunnel") || $0.contains(Self.many)) })
        #expect(state.press(.character("y")).commands.isEmpty)
        #expect(state.message?.text.contains("w says that they were seen") == true)
        #expect(state.picture.contains { $0.contains("warnings seen") })
        #expect(state.press(.character("w"), .character("y")).commands == [Self.train(5, 7)])
    }

    @Test("what was seen before the look has ended does not stand for what the look finds")
    func foundLater() {
        var world = World()
        world.actors = [.make(5, "0005_many", images: 61)]
        var state = state(world)
        state.press(.character("t"), .character("y"))
        #expect(state.message?.text.contains("w says that they were seen") == true, "the row's warning is in view at once")
        #expect(state.press(.character("w"), .character("y")).commands.isEmpty)
        #expect(state.reduce(.checked(plan: 1, PreflightReport(general: [Self.warning]))).isEmpty)
        #expect(state.picture.contains { $0.contains("no tunnel is there") }, "it is shown again")
        #expect(state.press(.character("y")).commands.isEmpty)
        #expect(state.press(.character("w"), .character("y")).commands == [Self.train(5)])
    }

    @Test("a warning about an actor that is left out wants nothing")
    func leftOut() {
        var state = state()
        state.type("  t")
        let report = PreflightReport(actors: [ActorID(5): [Self.missing, Self.warning], ActorID(7): []])
        _ = state.reduce(.checked(plan: 1, report))
        #expect(state.press(.character("y")).commands == [Self.train(7)])
    }

    @Test("an error of one actor leaves that one out and says why")
    func oneActor() {
        var state = state()
        state.type("  t")
        _ = state.reduce(.checked(plan: 1, PreflightReport(actors: [ActorID(5): [Self.missing], ActorID(7): []])))
        #expect(state.picture.contains { $0.contains("left out: 0005") })
        #expect(state.press(.character("y")).commands == [Self.train(7)])
    }

    @Test("where all are left out y starts nothing")
    func nobody() {
        var state = state()
        state.type("t")
        _ = state.reduce(.checked(plan: 1, PreflightReport(actors: [ActorID(5): [Self.missing]])))
        #expect(state.press(.character("y")).isEmpty)
        #expect(state.message?.text.contains("1 image is not on S3: a.png") == true)
    }

    @Test("what was found about an earlier plan does not go onto a later one")
    func late() {
        var state = state()
        state.press(.character("t"), .escape, .down, .character("t"))
        _ = state.reduce(.checked(plan: 1, PreflightReport(general: [Self.error])))
        #expect(state.picture.contains { $0.contains("Looking at endpoint") })
        _ = state.reduce(.checked(plan: 2, PreflightReport()))
        #expect(state.press(.character("y")).commands == [Self.train(7)])
    }
}
