import HTTPServing
import Hummingbird
public import Logging
import NIOCore
public import TrainingPorts

/// The Actor Maker API over a project folder, on this machine's loopback address only. A tunnel must never lead here: that is what the
/// webhook's own listener is for.
public struct ActorMakerServer: Sendable {
    private let folder: ProjectFolder
    private let desk: (any TrainingDesk)?
    private let tunnel: (any TunnelControl)?
    private let models: (any ModelStore)?
    private let submits: Bool
    private let logger: Logger

    /// - Parameters:
    ///   - desk: what starts and watches trainings; nil serves the files alone.
    ///   - tunnel: nil answers that none is running.
    ///   - models: where a plain server looks up the model that a webhook names; nil takes the message's word.
    ///   - submits: whether the desk has a way to RunPod; a client with a key of its own hands its orders to a desk that has one.
    public init(
        folder: ProjectFolder, desk: (any TrainingDesk)? = nil, tunnel: (any TunnelControl)? = nil,
        models: (any ModelStore)? = nil, submits: Bool = true, logger: Logger = Logger(label: "actor-maker-server")
    ) {
        self.folder = folder
        self.desk = desk
        self.tunnel = tunnel
        self.models = models
        self.submits = submits && desk != nil
        self.logger = logger
    }

    /// Serves until the task is cancelled, and looks after what the folder has saved meanwhile.
    /// - Parameters:
    ///   - port: 0 takes any free one.
    ///   - onRunning: called once, with the port on which it listens.
    /// - Throws: `PortError` where the port cannot be had.
    public func run(port: Int, onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws(PortError) {
        // What Hummingbird tells of connections that end with the server is no news; faults of calls are logged by this room itself.
        var quiet = logger
        quiet.logLevel = .critical
        let application = Application(
            router: router(), server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: "actor-trainer"),
            onServerRunning: { await onRunning($0.localAddress?.port ?? port) }, logger: quiet)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await folder.run() }
                group.addTask { try await application.serve() }
                try await group.next()
                group.cancelAll()
            }
        } catch is CancellationError {
            return
        } catch {
            guard !Task.isCancelled else { return }
            throw PortError(
                .refused, "The embedded server could not listen on port \(port): \(error). Choose another with --port.",
                cause: error)
        }
    }

    private func router() -> Router<PageContext> {
        let router = Router(context: PageContext.self)
        router.add(middleware: FaultsAsJSON(logger: logger))
        router.add(middleware: LocalCallers())
        ActorRoutes(folder: folder).add(to: router)
        let webhook = WebhookHandler(folder: folder, desk: desk, models: models, logger: logger)
        TrainingRoutes(folder: folder, desk: desk, webhook: webhook).add(to: router)
        TunnelRoutes(tunnel: tunnel, submits: submits).add(to: router)
        return router
    }
}
