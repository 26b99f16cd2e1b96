import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("Log pane")
struct LogTests {
    static func line(_ number: Int) -> DashboardInput {
        .update(.reading(.log(LogLine(time: World.start + .seconds(Double(number)), text: "line \(number)"))))
    }

    static func full(_ count: Int, from first: Int = 1) -> DashboardState {
        var state = World().state()
        for number in first..<first + count { _ = state.reduce(line(number)) }
        return state
    }

    @Test(
        "it follows until somebody scrolls up, counts what comes, and follows again",
        arguments: [Key.end, .character("G"), .character("f")])
    func follows(key: Key) {
        var state = Self.full(50)
        #expect(state.picture.contains { $0.contains("line 50") })
        state.press(.character("3"), .up)
        for number in 51...53 { _ = state.reduce(Self.line(number)) }
        #expect(state.log.selected?.text == "line 49")
        #expect(!state.picture.contains { $0.contains("line 53") })
        #expect(state.picture.contains { $0.contains("3 Log · stopped, 3 new lines (f follows)") })
        state.press(key)
        #expect(state.picture.contains { $0.contains("line 53") } && state.picture.contains { $0.contains("following") })
    }

    @Test("it is bounded and says what it dropped; what is read stays in place")
    func bounded() {
        var state = Self.full(LogBook.capacity)
        #expect(state.log.dropped == 0)
        state.press(.character("3"), .up, .up)
        let selected = state.log.selected?.text
        _ = state.reduce(Self.line(LogBook.capacity + 1))
        #expect(state.log.count == LogBook.capacity - LogBook.capacity / 10 + 1)
        #expect(state.log.selected?.text == selected)
        #expect(state.picture.contains { $0.contains("500 older dropped") })
        #expect(state.log.list.ids.count == state.log.count)
        state.press(.home)
        #expect(state.log.selected?.text == "line 501")
    }

    @Test("l narrows it to the selected training, and it goes with the selection")
    func narrow() {
        var state = World.busy.state()
        let key = Key.character("l")
        state.press(.character("2"), key)
        #expect(state.log.narrowedTo == JobID(2))
        #expect(!state.log.list.ids.isEmpty && state.log.list.ids.allSatisfy { state.log.entry($0)?.job == JobID(2) })
        state.press(.down)
        #expect(state.log.narrowedTo == JobID(3))
        #expect(state.picture.contains { $0.contains("only j3 (l shows all)") })
        state.press(key)
        #expect(state.log.list.ids.count == state.log.count)
    }

    @Test("a long line is cut, and Enter shows it whole")
    func long() {
        var state = World().state()
        let text = String(repeating: "word ", count: 60) + "END"
        _ = state.reduce(.update(.reading(.log(LogLine(time: World.start, severity: .alarm, text: text)))))
        #expect(state.picture.contains { $0.contains("14:00:00 !!") && $0.hasSuffix("…│") })
        state.press(.character("3"), .enter)
        #expect(state.picture.contains { $0.contains("END") })
    }

    @Test("events and lines of a snapshot are put together by time")
    func merged() {
        var world = World()
        world.happen(.queueResumed)
        world.pass(minutes: 2)
        world.happen(.engineStopped)
        world.lines = [LogLine(time: World.start + .minutes(1), text: "between")]
        #expect(world.state().log.entries.map(\.text) == ["the queue moves again", "between", "the engine stopped"])
    }

    @Test("events that the snapshot does not hold any more are said to be missing")
    func gap() {
        var world = World()
        var state = world.state()
        for _ in 0..<5 { world.happen(.queueResumed) }
        world.events.removeFirst(3)
        _ = state.reduce(.attached(world.snapshot))
        #expect(state.log.entries.map(\.text).first == "3 events are in the journal and not shown here")
        #expect(state.log.count == 3)
    }

    @Test("a filter of the log takes in new lines that match only")
    func filter() {
        var state = Self.full(20)
        state.type("3/line 2")
        state.press(.enter)
        #expect(state.log.list.ids.count == 2)
        _ = state.reduce(Self.line(21))
        _ = state.reduce(Self.line(30))
        #expect(state.log.list.ids.count == 3)
    }
}
