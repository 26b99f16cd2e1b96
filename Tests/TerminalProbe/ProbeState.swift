import Foundation
import NcursesTerminal
import TerminalUI

/// What the probe has seen so far, and how it shows it. Lives on the terminal's thread.
final class ProbeState {
    private let facts: TerminalFacts
    private let mailbox: Mailbox<ProbeMessage>
    private var width: Int
    private var height: Int
    private var steps = 0
    private var keys = 0
    private var messages = 0
    private var important = 0
    private var resumed = 0
    private var last = ""
    private var field = ""

    init(facts: TerminalFacts, mailbox: Mailbox<ProbeMessage>) {
        self.facts = facts
        self.mailbox = mailbox
        width = facts.width
        height = facts.height
    }

    func step(_ inputs: [TerminalInput], _ messages: [ProbeMessage]) -> LoopStep {
        steps += 1
        self.messages += messages.count
        important += messages.count { $0 == .important }
        for input in inputs {
            switch input {
            case .resized(let width, let height): (self.width, self.height) = (width, height)
            case .resumed: resumed += 1
            case .paste(let text):
                last = "paste of \(text.utf8.count)"
                field = String(text.prefix(60))
            case .terminate(let signal): return .leave(code: 128 + signal)
            case .key(.character("q")): return .leave(code: 0)
            case .key(let key): take(key)
            }
        }
        return .draw(picture())
    }

    private func take(_ key: Key) {
        keys += 1
        last = "\(key)"
        switch key {
        case .character("t"): _ = [0][keys]  // a trap of Swift's own
        case .character("a"): abort()
        case .character("s"): kill(getpid(), SIGSEGV)
        case .character("n"): _ = UnsafePointer<Int>(bitPattern: 8)?.pointee
        case .character("x"): exit(7)
        case .character("p"): spin()
        case .character("e"): FileHandle.standardError.write(Data("stray line\n".utf8))
        case .character("m"): postMany()
        default: break
        }
    }

    private func spin() {
        FileHandle.standardError.write(Data("spinning\n".utf8))
        while true {}
    }

    /// More than the mailbox holds, from another thread.
    private func postMany() {
        let mailbox = mailbox
        Thread.detachNewThread {
            for number in 0..<2000 { mailbox.post(number % 100 == 0 ? .important : .tick) }
        }
    }

    private func picture() -> Buffer {
        var buffer = Buffer(width: width, height: height, charset: facts.charset)
        let inside = buffer.frame(buffer.bounds, title: "Probe", style: Style(.border))
        let lines: [DisplayText] = [
            "steps \(steps)", "keys \(keys)", "size \(width)x\(height)", "last \(last)", "field \(field)",
            "messages \(messages + mailbox.droppedCount) important \(important)", "resumed \(resumed)",
            "日本語のテキスト, e\u{301}\u{302} 👍 ❤\u{FE0F} 👩\u{200D}👧 \u{202E}x",
            "colours \(facts.colourCount) \(facts.terminalName) utf8 \(facts.isUTF8)",
            "wide up to the edge: " + DisplayText(untrusted: String(repeating: "漢", count: 100)),
        ]
        for (row, line) in lines.enumerated() { buffer.put(line, x: inside.x, y: inside.y + row, in: inside) }
        let roles = inside.splitTop(lines.count).rest
        for (row, role) in Role.allCases.enumerated() {
            buffer.put(" \(role) ", x: roles.x + row % 4 * 18, y: roles.y + row / 4, style: Style(role), in: roles)
        }
        return buffer
    }
}
