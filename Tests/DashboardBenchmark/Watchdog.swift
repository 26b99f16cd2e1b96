import Dispatch
import Foundation
import Synchronization

/// Bounds the whole run: every wait asks here whether it may go on, so that an interrupt and the time limit unwind in good order and
/// everything that was started or made is cleared away.
final class Watchdog {
    private let deadline: ContinuousClock.Instant
    private let interruption = Interruption()
    private let sources: [any DispatchSourceSignal]

    /// - Parameter limit: after this every wait throws.
    init(limit: Duration) {
        deadline = .now + limit
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            // The default action would end us at once.
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        for source in sources {
            source.setEventHandler { [interruption] in interruption.happened.store(true, ordering: .relaxed) }
            source.resume()
        }
    }

    /// - Throws: `BenchmarkError` when the operator has had enough, or the time is over.
    func check() throws(BenchmarkError) {
        if interruption.happened.load(ordering: .relaxed) { throw BenchmarkError("interrupted") }
        if ContinuousClock.now > deadline { throw BenchmarkError("gave up: the benchmark took longer than it may") }
    }
}

/// Set on the queue of the signals, read by whoever waits.
private final class Interruption: Sendable {
    let happened = Atomic(false)
}
