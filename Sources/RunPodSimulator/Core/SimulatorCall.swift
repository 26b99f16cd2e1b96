import JSONText

/// What reaches a simulated endpoint from outside.
enum SimulatorCall: Hashable, Sendable {
    case run(JSONValue)
    case status(String)
    case cancel(String)
    case retry(String)
    case purge
    case health
    /// How a call to a webhook went.
    case webhookAnswered(job: String, number: Int, taken: Bool)
    /// The first input of every endpoint, and again when they change.
    case settings(SimulatorSettings)
    /// Stands for all inputs before it, where a log was begun anew because no job was left.
    case carried(SimulatedEndpoint.Counters, faultsUsed: [Int])

    /// Whether it may change something, so that it must be in the log for a restart.
    var changes: Bool {
        switch self {
        case .run, .cancel, .retry, .purge, .webhookAnswered, .settings, .carried: true
        case .status, .health: false
        }
    }
}
