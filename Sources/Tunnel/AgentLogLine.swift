/// A line of a tunnel agent's log that tells something.
enum AgentLogLine: Hashable {
    /// The tunnel is up at this public address.
    case started(String)
    /// It failed; a sentence for the operator.
    case failed(String)
}
