import ChanceTestSupport
import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("Hostile texts, odd sizes and random input")
struct HostileTests {
    static let names = [
        "\u{1B}[2J\u{1B}]0;title\u{07}", "日本語の名前がとても長い俳優さんです", "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", "a\rb\nc\td\u{8}",
        String(repeating: "x", count: 300), "\u{202E}gpj.exe", "👩\u{200D}👩\u{200D}👧 family", "",
    ]

    static var world: World {
        var world = World()
        world.actors = names.enumerated().map { .make($0.offset + 1, $0.element, approved: $0.offset % 2 == 0) }
        for (index, name) in names.enumerated() {
            let job = index + 1
            world.happen(.jobQueued(QueuedJob(actor: ActorID(job), name: name, origin: .operator)), job: job)
            world.submit(job, actor: job, version: 1000)
            if index % 2 == 0 {
                world.end(job, .failed, reason: name)
            } else {
                world.happen(.submissionUncertain(Doubt(reason: name)), job: job)
            }
            world.progress[AttemptID(job: JobID(job), number: 1)] = ProgressReading(
                progress: TrainingProgress(step: 5, text: name), asOf: world.now)
            world.lines.append(LogLine(time: world.now, text: name))
        }
        world.fault = names[0]
        world.happen(.queueHeld(Hold(cause: .failures, reason: names[1])))
        world.source.label = names[4]
        return world
    }

    static let sizes = [(60, 15), (61, 16), (80, 24), (120, 40), (160, 30), (300, 100)]

    @Test("the right border stays in one column", arguments: sizes)
    func borders(width: Int, height: Int) {
        for keys in ["", "2", "3", "d", "2d", "2jv", "3d", "t", "2x", "a", "?"] {
            var state = Self.world.state(width: width, height: height)
            state.type(keys)
            let buffer = state.paint(width: width, height: height)
            for y in (width < 80 ? 3 : 2)..<height - 2 {
                let edge = buffer[width - 1, y]?.glyph
                #expect(["│", "┐", "┘"].contains(edge), "\(keys) line \(y): \(edge ?? "nothing")")
            }
            #expect(buffer.lines.joined().unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
        }
    }

    @Test("every size gives a whole buffer", arguments: [(0, 0), (1, 1), (1, 80), (80, 1), (2, 3), (59, 14), (500, 200)])
    func wholeBuffer(width: Int, height: Int) {
        for keys in ["", "?", "q", "X"] {
            var state = Self.world.state()
            state.type(keys)
            let buffer = state.paint(width: width, height: height)
            #expect(buffer.cells.count == width * height)
            _ = state.reduce(.terminal(.resized(width: width, height: height)))
            #expect(state.paint(width: width, height: height).cells.count == width * height)
        }
    }

    @Test("in ASCII nothing else is painted")
    func ascii() {
        let buffer = Self.world.state().paint(width: 80, height: 24, charset: .ascii)
        #expect(buffer.lines.joined().utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("random keys and updates never end the program, and what is selected is always there", arguments: 0..<12)
    func random(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        var world = World.busy
        var state = world.state()
        for _ in 0..<250 {
            let input = generator.input(&world)
            let wasQuestion = state.dialog != nil
            let effects = state.reduce(input)
            if case .terminal(.paste) = input { #expect(effects.isEmpty) }
            if case .terminal(.key(.enter)) = input, wasQuestion, state.dialog == nil {
                #expect(effects.commands.allSatisfy { $0 == .cancelAll || $0.isResolution })
            }
            #expect(state.actors.list.selected.map(state.actors.list.ids.contains) ?? true)
            #expect(state.trainings.list.selected.map(state.trainings.list.ids.contains) ?? true)
            #expect(state.actors.marks.allSatisfy { state.actors.rows[$0]?.canBeTrained == true })
            let (width, height) = (state.width, state.height)
            #expect(state.paint(width: width, height: height).cells.count == width * height)
        }
        _ = state.reduce(.attached(world.snapshot))
        #expect(state.ledger == world.ledger)
    }
}

extension Command {
    var isResolution: Bool {
        if case .resolve = self { true } else { false }
    }
}
