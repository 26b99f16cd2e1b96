/// What decides how the simulated endpoint behaves. Jobs keep the settings under which they were submitted.
public struct SimulatorSettings: Hashable, Sendable {
    /// Decides every chance: the same seed, the same submissions at the same times, the same run.
    public var seed: UInt64
    /// How many workers an endpoint has, 1 or more.
    public var workers: Int
    public var faults: [FaultOrder]

    public init(seed: UInt64 = 1, workers: Int = 3, faults: [FaultOrder] = []) {
        self.seed = seed
        self.workers = max(1, workers)
        self.faults = faults
    }

    /// Whether a fault befalls the endpoint, the account or the bucket.
    func has(_ fault: Fault) -> Bool { fault.isGeneral && faults.contains { $0.fault == fault } }
}
