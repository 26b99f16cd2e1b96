extension TmuxSession {
    /// Waits until the screen holds this text.
    /// - Returns: the screen's lines of that moment.
    @discardableResult
    public func wait(for text: String, within limit: Duration = .seconds(20)) async throws -> [String] {
        try await wait(until: "the screen holds “\(text)”", within: limit) { $0.contains { $0.contains(text) } }
    }

    /// Waits until the screen fulfils a condition.
    /// - Throws: `TmuxError` with the last screen when it has not at the deadline.
    @discardableResult
    public func wait(
        until what: String, within limit: Duration = .seconds(20), _ condition: ([String]) -> Bool
    ) async throws -> [String] {
        var last: [String] = []
        try await TmuxSession.wait(until: what, within: limit, shows: { last.joined(separator: "\n") }) {
            last = try await screen()
            return condition(last)
        }
        return last
    }

    /// Waits until one of tmux's values of the pane is this one.
    public func wait(forValue expected: String, of name: String, within limit: Duration = .seconds(20)) async throws {
        var last = ""
        try await TmuxSession.wait(until: "\(name) is \(expected)", within: limit, shows: { last }) {
            last = try await value(of: name)
            return last == expected
        }
    }

    /// Looks every few milliseconds whether a condition holds.
    /// - Throws: `TmuxError` with what `shows` says when it does not at the deadline.
    public static func wait(
        until what: String, within limit: Duration = .seconds(20), shows: () -> String = { "" },
        _ condition: () async throws -> Bool
    ) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + limit
        while try await !condition() {
            guard clock.now < deadline else {
                throw TmuxError(message: "Not within \(limit): \(what).\n\(shows())")
            }
            try await clock.sleep(for: .milliseconds(15))
        }
    }
}
