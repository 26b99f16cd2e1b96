public import JSONText
public import Training

/// The engine's clock: wall time at the start plus what a continuous clock has counted since, times the scale of a simulation.
public protocol EngineClock: Sendable {
    func now() -> Timestamp
    /// Returns at that time or, when the task is cancelled, before it.
    func sleep(until time: Timestamp) async
    /// How many engine seconds pass in a real one.
    var scale: Double { get }
}

/// Chance, for request ids.
public protocol RandomSource: Sendable {
    func next() -> UInt64
}

/// SHA-256 in hex; a port because the pure rooms have no cryptography.
public protocol Digester: Sendable {
    func sha256(_ bytes: [UInt8]) -> String
}

/// Where the workflow template is read, anew for each order.
public protocol WorkflowTemplates: Sendable {
    func template() async throws(PortError) -> JSONValue
}
