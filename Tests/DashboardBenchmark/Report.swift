import Foundation

/// One line of the table: what was measured of both, with the median of the rounds.
struct Row {
    var name: String
    var unit: String
    var dashboard: Double
    var list: Double
    /// The most times the list's number that is aimed for; nil where there is no aim.
    var aim: Double?

    init(
        _ name: String, _ unit: String, _ dashboards: [Round], _ lists: [Round], aim: Double? = nil, _ value: (Round) -> Double
    ) {
        self.name = name
        self.unit = unit
        self.aim = aim
        dashboard = dashboards.map(value).quantile(0.5)
        list = lists.map(value).quantile(0.5)
    }

    var text: String {
        let ratio = list > 0 ? String(format: "%8.2f", dashboard / list) : "       –"
        let wish = aim.map { String(format: "%6.1f", $0) + (dashboard / list > $0 ? "  above" : "") } ?? ""
        let left = name + String(repeating: " ", count: max(1, 44 - name.count))
        return left + String(format: "%10.2f %10.2f ", dashboard, list) + unit.padding(toLength: 3, withPad: " ", startingAt: 0)
            + ratio + wish
    }
}

extension [Row] {
    init(_ dashboards: [Round], _ lists: [Round]) {
        func row(_ name: String, _ unit: String, aim: Double? = nil, _ value: (Round) -> Double) -> Row {
            Row(name, unit, dashboards, lists, aim: aim, value)
        }
        self = [
            row("key to the end of its output, p50", "ms", aim: 1.3) { $0.moves.times(0.5) },
            row("key to the end of its output, p99", "ms", aim: 2) { $0.moves.times(0.99) },
            row("bytes a key", "B", aim: 1.3) { $0.moves.bytes },
            row("500 keys at once, to the end of the output", "ms", aim: 2) { $0.floods.times(0.5) },
            row("500 keys at once, bytes", "B") { $0.floods.bytes },
            row("key that scrolls, p50", "ms") { $0.scrolls.times(0.5) },
            row("key that scrolls, p99", "ms") { $0.scrolls.times(0.99) },
            row("bytes a key that scrolls", "B") { $0.scrolls.bytes },
            row("first screen with data", "ms") { $0.firstScreen.milliseconds },
            row("peak memory", "MiB") { Double($0.peakMemory) / 1_048_576 },
        ]
    }

    var text: String {
        let head = "median of the rounds" + String(repeating: " ", count: 27) + "dashboard     list        ratio   aim"
        return ([head] + map(\.text)).joined(separator: "\n")
    }
}

/// What a program did while nobody pressed a key.
struct Idleness {
    var name: String
    var seconds: Double
    var facts: ProcessFacts
    var terminalBytes: Int

    init(of terminal: PseudoTerminal, named name: String, for seconds: Double) throws {
        self.name = name
        self.seconds = seconds
        let (before, bytes, start) = (ProcessFacts(of: terminal.pid), terminal.byteCount, ContinuousClock.now)
        while ContinuousClock.now - start < .seconds(seconds) { _ = try terminal.read(within: .milliseconds(500)) }
        facts = ProcessFacts(of: terminal.pid) - before
        terminalBytes = terminal.byteCount - bytes
    }

    var text: String {
        let share = facts.processor / .seconds(seconds) * 100
        return name + ": " + String(format: "%.3f %% CPU, %.1f", share, Double(facts.wakeUps) / seconds)
            + " wake-ups a second of all threads, " + String(format: "%.1f", Double(facts.terminalWakeUps) / seconds)
            + " of the terminal's; \(terminalBytes) B to the screen, \(facts.bytesWritten) B in all, in \(Int(seconds)) s"
    }
}

extension [Reaction] {
    /// A quantile of the times, in milliseconds.
    func times(_ share: Double) -> Double { map(\.time.milliseconds).quantile(share) }
    /// The mean.
    var bytes: Double { Double(reduce(0) { $0 + $1.bytes }) / Double(Swift.max(1, count)) }
}

extension [Double] {
    /// The nearest-rank quantile; 0 of none.
    func quantile(_ share: Double) -> Double {
        guard !isEmpty else { return 0 }
        let rank = Int((share * Double(count)).rounded(.up)) - 1
        return sorted()[Swift.min(count - 1, Swift.max(0, rank))]
    }
}

extension Duration {
    var milliseconds: Double { self / .milliseconds(1) }
}
