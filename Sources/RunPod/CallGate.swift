import Synchronization

/// Lets calls of one operation through as fast as its limit allows: so many in a window, so many at once, first come first served.
///
/// A lock and not an actor: a call that is cancelled leaves the line at once, from whatever thread cancels it.
final class CallGate: Sendable {
    enum Refusal: Error { case tooMany, cancelled }

    private struct Place {
        let ticket: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var bucket: TokenBucket
        var inside = 0
        var line: [Place] = []
        var lastTicket = 0
    }

    private let state: Mutex<State>
    private let places: Int
    private let start = ContinuousClock.now

    init(_ limit: RunPodLimits.Operation) {
        state = Mutex(State(bucket: TokenBucket(calls: limit.calls, window: limit.window)))
        places = limit.atOnce
    }

    /// Runs a call when its turn has come.
    /// - Throws: `Refusal` where it was not even tried; the call itself must not throw, its answer says what happened.
    func pass<Answer: Sendable>(_ call: @Sendable () async -> Answer) async throws(Refusal) -> Answer {
        let now = ContinuousClock.now - start
        guard let wait = state.withLock({ $0.bucket.reserve(at: now) }) else { throw .tooMany }
        var pause = wait > .zero ? wait : nil
        while let time = pause {
            do { try await Task.sleep(for: time, clock: .continuous) } catch { throw .cancelled }
            // An answer that came meanwhile may have closed the gate for longer.
            pause = state.withLock { [start] in $0.bucket.isClosed(at: ContinuousClock.now - start) }
            if let pause, pause > CallGate.patience { throw .tooMany }
        }
        guard await enter() else { throw .cancelled }
        defer { leave() }
        return await call()
    }

    /// Nobody waits longer in one stretch; who asks later finds the gate open.
    private static let patience = Duration.seconds(30)

    /// Takes in what an answer said about the limits.
    func learn(_ told: RateLimitHeaders) {
        let now = ContinuousClock.now - start
        state.withLock { $0.bucket.learn(told, at: now) }
    }

    /// - Returns: false when the task was cancelled before it got a place.
    private func enter() async -> Bool {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { queue(Place(ticket: ticket, continuation: $0)) }
        } onCancel: {
            giveUp(ticket)
        }
    }

    private func queue(_ place: Place) {
        let result: Bool? = state.withLock { state in
            if Task.isCancelled { return false }
            guard state.inside >= places else {
                state.inside += 1
                return true
            }
            state.line.append(place)
            return nil
        }
        if let result { place.continuation.resume(returning: result) }
    }

    /// A place that becomes free is handed on: `inside` stays as it is.
    private func leave() {
        let next: Place? = state.withLock { state in
            guard state.line.isEmpty else { return state.line.removeFirst() }
            state.inside -= 1
            return nil
        }
        next?.continuation.resume(returning: true)
    }

    private func giveUp(_ ticket: Int) {
        let place: Place? = state.withLock { state in
            guard let index = state.line.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.line.remove(at: index)
        }
        place?.continuation.resume(returning: false)
    }
}
