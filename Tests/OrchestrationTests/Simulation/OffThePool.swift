import Foundation

/// Runs long work on a thread of its own that gives way to all others: on the shared pool it would keep every other test of the run
/// waiting, also those that look at a real clock.
func offThePool<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
        let thread = Thread {
            // Of this thread alone, on Linux.
            _ = nice(10)
            continuation.resume(returning: work())
        }
        thread.stackSize = 8 << 20
        thread.start()
    }
}
