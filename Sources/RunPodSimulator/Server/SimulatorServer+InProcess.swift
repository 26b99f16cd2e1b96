import Synchronization
import TrainingPorts

extension SimulatorServer {
    /// Runs a simulator in this process for as long as a body takes: for tests.
    /// - Returns: what the body returns; the simulator has ended then.
    public static func with<Result: Sendable>(
        _ configuration: SimulatorConfiguration, _ body: @Sendable (SimulatorAddress) async throws -> Result
    ) async throws -> Result {
        let (listening, signal) = AsyncStream.makeStream(of: SimulatorAddress.self, bufferingPolicy: .bufferingNewest(1))
        let server = try SimulatorServer(configuration) { address in signal.yield(address) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { signal.finish() }
                try await server.run()
            }
            for await address in listening {
                defer { group.cancelAll() }
                return try await body(address)
            }
            try await group.waitForAll()
            throw PortError(.unreachable, "the simulator ended before it listened")
        }
    }
}
