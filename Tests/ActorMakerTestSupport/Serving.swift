/// Runs a server for as long as `body` needs it.
/// - Parameter run: serves until it is cancelled, and calls back once with its port.
public func serving<Result: Sendable>(
    _ run: @escaping @Sendable (_ onRunning: @escaping @Sendable (Int) async -> Void) async throws -> Void,
    _ body: @Sendable (_ port: Int) async throws -> Result
) async throws -> Result {
    let (ports, report) = AsyncStream<Int>.makeStream()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { report.finish() }
            try await run { report.yield($0) }
        }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else {
            try await group.waitForAll()
            throw CancellationError()
        }
        let result = try await body(port)
        group.cancelAll()
        return result
    }
}
