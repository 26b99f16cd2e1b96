import ActorMakerServer
import EngineAPI
import Orchestration
import Training

extension House {
    /// Starts the webhook's listener, the embedded server and the log; returns the server's address when it listens.
    func startServices(
        _ engine: TrainingOrchestrator, serverPort: Int?, _ group: inout ThrowingTaskGroup<Ending, any Error>
    ) async throws -> String? {
        let (log, webhook) = (log, webhook)
        group.addTask(executorPreference: engine.executors.tasks) {
            await log.follow(engine)
            return .service
        }
        await webhook.open(for: engine) { listener in
            group.addTask {
                try await listener()
                return .service
            }
        }
        guard let project else { return nil }
        let server = ActorMakerServer(
            folder: project, desk: engine, models: surroundings.models, submits: !(surroundings.gateway is KeylessGateway))
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        group.addTask {
            defer { bound.finish() }
            try await server.run(port: serverPort ?? 0) { bound.yield($0) }
            return .service
        }
        for await port in ports {
            let address = "http://127.0.0.1:\(port)"
            // Nobody else tells where pages and a second program find the server of a dashboard.
            await engine.note("the Actor Maker API is served on \(address)", .info)
            return address
        }
        return nil
    }
}
