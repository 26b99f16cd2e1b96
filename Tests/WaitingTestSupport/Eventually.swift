/// What a test waited for did not come.
public struct NotInTime: Error, CustomStringConvertible {
    public let description: String
}

/// Waits until a condition holds: the one way of all tests to wait for what no clock of theirs moves and nothing tells them of.
/// - Parameters:
///   - what: what is waited for, as a sentence; the error says it.
///   - limit: real time, after which it is a failure. Long, for a busy machine; who waits in vain has found a fault anyway.
///   - pause: how long it rests between two looks.
///   - shows: what to tell of the moment at which it was given up.
/// - Throws: `NotInTime`, or what `condition` throws.
public func eventually(
    _ what: String, within limit: Duration = .seconds(20), every pause: Duration = .milliseconds(5),
    shows: () -> String = { "" }, _ condition: () async throws -> Bool
) async throws {
    try await eventualValue(what, within: limit, every: pause, shows: shows) { try await condition() ? () : nil }
}

/// Waits like `eventually` until there is a value, and gives it.
public func eventualValue<Value: Sendable>(
    _ what: String, within limit: Duration = .seconds(20), every pause: Duration = .milliseconds(5),
    shows: () -> String = { "" }, _ look: () async throws -> Value?
) async throws -> Value {
    let clock = ContinuousClock()
    let deadline = clock.now + limit
    while true {
        if let value = try await look() { return value }
        guard clock.now < deadline else { throw NotInTime(description: "Not within \(limit): \(what).\n\(shows())") }
        try await clock.sleep(for: pause)
    }
}
