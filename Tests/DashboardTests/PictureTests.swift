import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("Whole screens")
struct PictureTests {
    @Test("a normal terminal of 80x24 has the three panes above each other")
    func normal() {
        let state = World.busy.state(width: 80, height: 24)
        for line in state.picture { print("PIC normal |" + line) }
    }

    @Test("120x40 shows every column")
    func larger() {
        let state = World.busy.state(width: 120, height: 40)
        for line in state.picture { print("PIC larger |" + line) }
    }

    @Test("60x15 shows one pane under a line of tabs")
    func small() {
        let state = World.busy.state(width: 60, height: 15)
        for line in state.picture { print("PIC small |" + line) }
    }

    @Test("from 160 columns on the actors stand beside the rest")
    func wide() {
        let state = World.busy.state(width: 160, height: 24)
        for line in state.picture { print("PIC wide |" + line) }
    }

    @Test("a smaller screen says what is needed")
    func tooSmall() {
        let state = World.busy.state(width: 40, height: 8)
        for line in state.picture { print("PIC tooSmall |" + line) }
    }

    @Test("the plan says what will be submitted and rests on no")
    func plan() {
        var state = World.busy.state(width: 80, height: 24)
        state.type("at")
        for line in state.picture { print("PIC plan |" + line) }
    }

    @Test("leaving says how many trainings go on and how to come back")
    func leaving() {
        var state = World.busy.state(width: 80, height: 24)
        state.type("q")
        for line in state.picture { print("PIC leaving |" + line) }
    }

    @Test("an uncertain training is resolved with its evidence in sight")
    func resolving() {
        var state = World.busy.state(width: 80, height: 24)
        state.type("2jv")
        for line in state.picture { print("PIC resolving |" + line) }
    }

    @Test("the help screen is the key table")
    func help() {
        var state = World.busy.state(width: 80, height: 24)
        state.type("?")
        for line in state.picture { print("PIC help |" + line) }
    }
}
