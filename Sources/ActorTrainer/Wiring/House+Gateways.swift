import ActorMakerClient
import ActorMakerServer
import JSONText
import NIOCore
import NIOPosix
import Orchestration
import RunPod
import SystemSurroundings
import Training
import TrainingPorts

extension House {
    /// The client for RunPod itself; nil where no key is set.
    static func runPodClient(
        _ source: Source, _ settings: Settings, base: String, isSimulated: Bool, on group: any EventLoopGroup
    ) throws(Failure) -> RunPodClient? {
        if isSimulated {
            return RunPodClient(
                base: base, endpoint: settings.runPodEndpoint ?? "simulated", key: settings.runPodKey ?? Secret("simulated"),
                group: group)
        }
        guard let key = settings.runPodKey else { return nil }
        guard let endpoint = settings.runPodEndpoint else {
            throw Failure(.prerequisite, "set MODEL_TRAINING_RUNPOD_ENDPOINT_ID to the id of your serverless endpoint on RunPod")
        }
        return RunPodClient(base: base, endpoint: endpoint, key: key, group: group)
    }

    /// The management client beside it; nil without a key, and for a queue API elsewhere whose management API nobody has named.
    /// - Parameter simulatedScale: how fast a simulator's time goes; nil for RunPod itself.
    static func managementClient(
        _ runpod: RunPodClient?, _ settings: Settings, base: String, simulatedScale: Double?, on thread: EngineThread? = nil
    ) -> RunPodManagementClient? {
        guard let runpod else { return nil }
        let group = thread?.group ?? MultiThreadedEventLoopGroup.singleton
        if let scale = simulatedScale {
            let root = base.hasSuffix("/v2") ? String(base.dropLast(3)) : base
            return RunPodManagementClient(
                base: base, graphQL: root + "/graphql", endpoint: runpod.endpoint, key: settings.runPodKey ?? Secret("simulated"),
                logUnit: .seconds(max(0.1, 2 / scale)), group: group, executor: thread?.tasks)
        }
        guard let key = settings.runPodKey, base == RunPodClient.publicBase || settings.runPodManagementBase != nil else {
            return nil
        }
        return RunPodManagementClient(
            base: settings.runPodManagementBase ?? RunPodManagementClient.publicBase,
            graphQL: settings.runPodGraphQL ?? RunPodManagementClient.publicGraphQL, endpoint: runpod.endpoint, key: key,
            group: group, executor: thread?.tasks)
    }

    /// What has to be set before RunPod can be asked; empty where nothing is missing, and behind a server that asks for us.
    static func missing(_ source: Source, _ settings: Settings, isSimulated: Bool) -> [String] {
        if isSimulated { return [] }
        if case .server = source, settings.runPodKey == nil { return [] }
        let wanted = [
            ("RUNPOD_API_KEY", settings.runPodKey == nil), ("MODEL_TRAINING_RUNPOD_ENDPOINT_ID", settings.runPodEndpoint == nil),
        ]
        return wanted.filter(\.1).map(\.0)
    }

    static func connection(_ source: Source) throws(Failure) -> ServerConnection? {
        guard case .server(let url) = source else { return nil }
        do { return try ServerConnection(base: url) } catch { throw Failure(error) }
    }

    static func actorMaker(_ project: ProjectFolder?, _ server: ServerConnection?) throws(Failure) -> any ActorMaker {
        if let project { return project }
        if let server { return ActorMakerClient(connection: server) }
        throw Failure(.usage, "there is no source of actors")
    }

    /// The demo's simulator, which may have ended while nothing was asked of it; else what is behind any other source.
    static func gateway(
        _ runpod: RunPodClient?, _ server: ServerConnection?, _ demo: DemoSimulator?, base: String
    ) -> any TrainingGateway {
        let own = gateway(runpod, server)
        guard let demo else { return own }
        return RevivingGateway(own: own) { await demo.revived(at: base) }
    }

    /// RunPod itself where we have a key, but through the desk of a server that has an engine; else the server's own call, which cannot
    /// set limits; else one that says what is missing.
    static func gateway(_ runpod: RunPodClient?, _ server: ServerConnection?) -> any TrainingGateway {
        if let runpod, let server { return DeskFirstGateway(own: runpod, server: server) }
        if let runpod { return runpod }
        if let server { return ServerGateway(connection: server) }
        return KeylessGateway()
    }
}

/// Stands where no way to RunPod is set up: everything can be looked at, nothing can be submitted.
struct KeylessGateway: TrainingGateway {
    static let advice = "set RUNPOD_API_KEY and MODEL_TRAINING_RUNPOD_ENDPOINT_ID in the environment or in .env"
    let endpoint = ""
    let carriesLimits = true

    func submit(_ request: JSONValue) async -> SubmissionAnswer { .unsent(KeylessGateway.advice) }
    func status(of job: RunPodID, at endpoint: String?) async -> StatusAnswer { .refused(KeylessGateway.advice) }
    func cancel(_ job: RunPodID, at endpoint: String?) async -> CancelAnswer { .failed(KeylessGateway.advice) }
    func health() async -> HealthAnswer { .failed(KeylessGateway.advice) }
}

/// Stands where we have no access to the models: RunPod's word has to do, and the log says so.
struct UnseenModelStore: ModelStore {
    func find(_ model: ModelName, address: String?) async -> ModelFinding { .notChecked }
    func models(of actor: ActorID) async -> [ModelName] { [] }
}
