import EngineAPI
import TerminalUI
import Testing
import Training

@testable import Dashboard

@Suite("Key table")
struct KeyTableTests {
    @Test("no key means two things in one place", arguments: KeyContext.allCases)
    func duplicates(context: KeyContext) {
        let keys = KeyTable.bindings(in: context).flatMap(\.keys)
        #expect(Dictionary(grouping: keys, by: \.self).filter { $0.value.count > 1 }.isEmpty)
        #expect(!keys.isEmpty)
    }

    @Test("every action can be reached", arguments: KeyAction.allCases)
    func reachable(action: KeyAction) {
        let found = KeyTable.bindings.filter { $0.action == action }
        #expect(!found.isEmpty)
        for binding in found {
            #expect(!binding.keys.isEmpty && !binding.contexts.isEmpty)
            for context in binding.contexts {
                #expect(binding.keys.allSatisfy { KeyTable.action(for: $0, in: context) == action })
            }
        }
    }

    @Test("every key has a sentence")
    func sentences() {
        for binding in KeyTable.bindings { #expect(binding.help.string.hasSuffix(".") || binding.help.string.hasSuffix(").")) }
    }

    @Test("letters are text where text is typed", arguments: KeyContext.fields)
    func fields(context: KeyContext) {
        for key in KeyTable.bindings(in: context).flatMap(\.keys) {
            if case .character = key { Issue.record("\(key) is a command in a field") }
        }
    }

    @Test("Enter never says yes", arguments: KeyContext.questions)
    func enter(context: KeyContext) {
        #expect(KeyTable.action(for: .enter, in: context) == .decline)
    }

    @Test("Ctrl-C is heard everywhere", arguments: KeyContext.allCases)
    func interrupt(context: KeyContext) {
        #expect(KeyTable.action(for: .control("c"), in: context) == .interrupt)
    }

    @Test("the help screen names every key of the panes")
    func help() {
        var state = World().state(width: 200, height: 100)
        state.type("?")
        for binding in KeyTable.bindings where !binding.contexts.isDisjoint(with: KeyContext.panes) {
            let (keys, words) = (binding.keyNames.string, binding.help.string)
            #expect(
                state.picture.contains { $0.contains("│ \(keys) ") && $0.contains(" \(words.prefix(20))") }, "\(keys): \(words)")
        }
    }

    @Test("the footer offers only what works now")
    func footer() {
        var world = World()
        world.train(1, actor: 5)
        var state = world.state(width: 200)
        state.type("2")
        func words() -> [String] { state.hints.map(\.word.string) }
        #expect(words().contains("cancel") && !words().contains("retry") && !words().contains("resolve"))
        _ = state.reduce(.update(.fact(world.record(.attemptEnded(Ending(outcome: .failed, at: world.now)), job: 1))))
        #expect(!words().contains("cancel") && words().contains("retry") && words().contains("retry failed"))
        state.source.isReadOnly = true
        #expect(!words().contains("retry") && !words().contains("hold") && words().contains("filter"))
    }
}
