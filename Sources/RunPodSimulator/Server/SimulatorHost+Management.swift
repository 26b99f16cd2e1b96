import JSONText
import Training

/// What the management API asks; none of it changes anything.
extension SimulatorHost {
    /// An endpoint that nobody has used yet is there all the same: it is made with its first job.
    func looking(at name: String, _ look: (SimulatedEndpoint, Timestamp) -> SimulatedReply) -> SimulatedReply {
        let now = advance()
        let endpoint = endpoints[name]
        return look(endpoint ?? SimulatedEndpoint(name: name, instance: folder.instance, settings: configuration.settings), now)
    }

    var account: JSONValue {
        let now = advance()
        return SimulatedAccount.json(
            spent: endpoints.values.map { $0.spent(at: now) }.total, burn: endpoints.values.map(\.burn).total,
            isLow: configuration.settings.has(.lowBalance))
    }

    /// One look at a worker's log, and how long to wait before the next one, in real time.
    struct LogStep: Sendable {
        let reading: SimulatedLogReading
        let now: Timestamp
        let pause: Duration
    }

    func log(_ name: String, _ worker: String, _ source: String, after: Timestamp?, tail: Int?) -> LogStep? {
        let now = advance()
        guard let reading = endpoints[name]?.log(of: worker, source: source, after: after, tail: tail, at: now) else {
            return nil
        }
        // A job that is cancelled, or a new one, is seen within a second; fast simulations send lines in heaps.
        let wait = reading.next.map { clock.real(of: $0) - time.now } ?? .seconds(1)
        return LogStep(reading: reading, now: now, pause: .milliseconds(min(1000, max(40, wait.milliseconds + 1))))
    }
}
