import Synchronization
import TerminalUI
import Testing
import TrainingPorts
import TrainingTestSupport

@testable import Notifications

extension Notice {
    static func sample(
        _ title: String = "0005_日本 completed", _ text: String = "model at s3://x", kind: Kind = .done, id: String = "e7-batch"
    ) -> Notice {
        Notice(id: id, kind: kind, sequence: 7, time: .sample, title: title, text: text, job: 3, actor: "0005_日本")
    }
}

@Suite("Telling the terminal")
struct TerminalNotifierTests {
    private func notice(
        _ form: TerminalNotice.Form?, tmux: Bool = false, _ title: DisplayText = "done; all", _ text: DisplayText = "two"
    ) -> String {
        TerminalNotice(rings: true, form: form, isInTmux: tmux, title: title, text: text, id: "e7;\u{1B}").sequence
    }

    @Test("is done in the form that it understands")
    func forms() {
        #expect(notice(nil).isEmpty)
        #expect(notice(.osc9) == "\u{1B}]9;actor-trainer: done; all: two\u{1B}\\")
        #expect(notice(.osc777) == "\u{1B}]777;notify;done, all;two\u{1B}\\")
        #expect(notice(.osc99) == "\u{1B}]99;i=e7:d=0:p=title;done; all\u{1B}\\\u{1B}]99;i=e7:d=1:p=body;two\u{1B}\\")
    }

    @Test("goes through tmux in an envelope, in which each escape is doubled")
    func tmux() {
        #expect(notice(.osc9, tmux: true) == "\u{1B}Ptmux;\u{1B}\u{1B}]9;actor-trainer: done; all: two\u{1B}\u{1B}\\\u{1B}\\")
    }

    @Test("lets no name end the sequence and begin another, and none be endless")
    func hostile() {
        for form in TerminalNotice.Form.allCases {
            let hostile = DisplayText(
                untrusted: "x\u{1B}\\\u{1B}]52;c;aGk=\u{7}\u{9C}\u{9D}\n" + String(repeating: "y", count: 5000))
            let escapes = notice(form, hostile, hostile).unicodeScalars.filter {
                $0.value < 32 || (0x7F...0x9F).contains($0.value)
            }
            #expect(escapes.allSatisfy { $0 == "\u{1B}" } && escapes.count == (form == .osc99 ? 4 : 2))
            #expect(notice(form, hostile, hostile).utf8.count < 800)
        }
    }

    @Test(
        "is chosen by the terminal's name",
        arguments: [
            (["TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"], TerminalNotice.Form?.some(.osc99)),
            (["TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"], .osc9), (["TERM": "xterm-ghostty"], .osc9),
            (["TERM": "foot"], .osc777), (["TERM": "rxvt-unicode"], .osc777),
            (["TERM": "xterm-256color", "VTE_VERSION": "7600"], .osc777),
            (["TERM": "xterm-256color"], nil), (["TERM": "dumb", "KITTY_WINDOW_ID": "1"], nil), (["TERM": "linux"], nil),
            (["TERM": "screen", "STY": "1.x", "KITTY_WINDOW_ID": "1"], nil), ([:], nil),
        ])
    func choosing(environment: [String: String], form: TerminalNotice.Form?) {
        #expect(OuterTerminal(environment).form(for: .automatic) == form)
    }

    @Test("happens within tmux only where that lets it, and in the form of the terminal around it")
    func insideTmux() {
        let environment = ["TERM": "tmux-256color", "TMUX": "/tmp/tmux-1/default,1,0", "TERM_PROGRAM": "tmux"]
        #expect(OuterTerminal(environment, clientName: "xterm-kitty").form(for: .automatic) == nil)
        #expect(OuterTerminal(environment).form(for: .form(.osc9)) == nil)
        #expect(OuterTerminal(environment, clientName: "xterm-kitty", passesThrough: true).form(for: .automatic) == .osc99)
        #expect(OuterTerminal(environment, clientName: "xterm-256color", passesThrough: true).form(for: .automatic) == nil)
        #expect(OuterTerminal(environment, passesThrough: true).form(for: .form(.osc777)) == .osc777)
    }

    @Test("rings by default and sends no sequence")
    func bell() async throws {
        let shown = Mutex<[TerminalNotice]>([])
        let notifier = TerminalNotifier(rings: true, wish: .none, environment: ["TERM": "xterm-kitty"]) { notice in
            shown.withLock { $0.append(notice) }
        }
        try await notifier.tell(.sample())
        #expect(shown.withLock { $0 }.map(\.rings) == [true])
        #expect(shown.withLock { $0 }.map(\.sequence) == [""])
    }

    @Test(
        "is wished for by name",
        arguments: [("off", TerminalNotifier.Wish?.some(.none)), ("auto", .automatic), ("777", .form(.osc777)), ("8", nil)])
    func wishes(word: String, wish: TerminalNotifier.Wish?) { #expect(TerminalNotifier.Wish(word) == wish) }
}
