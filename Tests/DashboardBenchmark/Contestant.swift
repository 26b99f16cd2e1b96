/// A program that is measured: the dashboard, or the list in C.
struct Contestant {
    let command: [String]
    let environment: [String: String]
    let watchdog: Watchdog

    /// An actor that stands in the first rows of both, and in no training.
    static let knownActor = InventedProject.name(8)

    /// Starts it.
    /// - Returns: the running program, and the time from its start to the first output that holds a known row.
    func start() throws -> (PseudoTerminal, Duration) {
        let start = ContinuousClock.now
        let terminal = try PseudoTerminal(command, environment: environment, watchdog: watchdog)
        try terminal.wait(for: Contestant.knownActor, atMost: .seconds(15))
        return (terminal, ContinuousClock.now - start)
    }

    /// One round: a fresh start, keys one at a time, keys at once.
    func round() throws -> (PseudoTerminal, Round) {
        let (terminal, firstScreen) = try start()
        try terminal.settle(for: .milliseconds(400))
        var round = Round()
        round.firstScreen = firstScreen
        let moves = Array("jjjjjjjjkkkkkkkk".utf8)
        round.moves = try (0..<400).map { try terminal.press(moves[$0 % moves.count]) }
        try terminal.write(Array(repeating: Keys.down, count: 60))
        try terminal.settle(for: .milliseconds(150))
        round.scrolls = try (0..<200).map { _ in try terminal.press(Keys.down) }
        for _ in 0..<5 {
            try terminal.write([Keys.first])
            try terminal.settle(for: .milliseconds(150))
            round.floods.append(try terminal.press(Array(repeating: Keys.down, count: 500), quietFor: .milliseconds(150)))
        }
        try terminal.write([Keys.first])
        try terminal.settle(for: .milliseconds(150))
        round.peakMemory = ProcessFacts(of: terminal.pid).peakMemory
        return (terminal, round)
    }
}

private enum Keys {
    static let down = UInt8(ascii: "j")
    static let first = UInt8(ascii: "g")
}

/// What one press led to.
struct Reaction {
    /// From the press to the last byte of the output.
    var time: Duration
    var bytes: Int
}

/// What was measured of one program in one round.
struct Round {
    var firstScreen = Duration.zero
    /// Keys that move the selection within what is seen.
    var moves: [Reaction] = []
    /// Keys that move the list too.
    var scrolls: [Reaction] = []
    /// 500 keys at once, a few times.
    var floods: [Reaction] = []
    var peakMemory = 0
}

extension PseudoTerminal {
    func press(_ key: UInt8) throws -> Reaction { try press([key], quietFor: .milliseconds(6)) }

    /// Presses and reads until the output has been quiet for a while.
    func press(_ keys: [UInt8], quietFor quiet: Duration) throws -> Reaction {
        let before = byteCount
        let start = ContinuousClock.now
        try write(keys)
        guard try !read(within: .seconds(2)).isEmpty else { throw BenchmarkError("a key had no effect within two seconds") }
        var last = ContinuousClock.now
        while try !read(within: quiet).isEmpty { last = .now }
        return Reaction(time: last - start, bytes: byteCount - before)
    }
}
