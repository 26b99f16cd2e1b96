internal import WaitingTestSupport

extension TmuxSession {
    /// Each look starts a program; more of them would take the processor from who is looked at.
    private var pause: Duration { .milliseconds(15) }

    /// Waits until the screen holds this text.
    /// - Returns: the screen's lines of that moment.
    @discardableResult
    public func wait(for text: String, within limit: Duration = .seconds(20)) async throws -> [String] {
        try await wait(until: "the screen holds “\(text)”", within: limit) { $0.contains { $0.contains(text) } }
    }

    /// Waits until the screen fulfils a condition.
    /// - Throws: `NotInTime` with the last screen when it has not at the deadline.
    @discardableResult
    public func wait(
        until what: String, within limit: Duration = .seconds(20), _ condition: ([String]) -> Bool
    ) async throws -> [String] {
        var last: [String] = []
        try await eventually(what, within: limit, every: pause, shows: { last.joined(separator: "\n") }) {
            last = try await screen()
            return condition(last)
        }
        return last
    }

    /// Waits until one of tmux's values of the pane is this one.
    public func wait(forValue expected: String, of name: String, within limit: Duration = .seconds(20)) async throws {
        var last = ""
        try await eventually("\(name) is \(expected)", within: limit, every: pause, shows: { last }) {
            last = try await value(of: name)
            return last == expected
        }
    }
}
