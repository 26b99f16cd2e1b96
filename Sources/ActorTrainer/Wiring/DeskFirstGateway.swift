import ActorMakerClient
import JSONText
import Synchronization
import Training
import TrainingPorts

/// RunPod with a key of our own beside a server: where an engine stands behind that server, its desk takes our orders. Two outboxes would
/// not know of each other's orders before a version is saved, and could train one actor twice.
final class DeskFirstGateway: TrainingGateway {
    private let own: any TrainingGateway
    private let desk: ServerGateway
    private let server: ActorMakerClient
    /// What the server said last.
    private let known = Mutex<Bool?>(nil)

    init(own: any TrainingGateway, server: ServerConnection) {
        self.own = own
        desk = ServerGateway(connection: server)
        self.server = ActorMakerClient(connection: server)
    }

    var endpoint: String { own.endpoint }
    var carriesLimits: Bool { own.carriesLimits }

    /// The server is asked anew for each order: a dashboard may have been started there meanwhile. One that does not answer might have a
    /// desk, so nothing leaves then.
    func submit(_ request: JSONValue) async -> SubmissionAnswer {
        do throws(PortError) {
            return try await asksDesk(anew: true) ? await desk.submit(request) : await own.submit(request)
        } catch {
            return .unsent(error.message)
        }
    }

    func status(of job: RunPodID, at endpoint: String?) async -> StatusAnswer {
        guard await isDeskAsked() else { return await own.status(of: job, at: endpoint) }
        let answer = await desk.status(of: job)
        guard case .failed = answer else { return answer }
        forgetDesk()
        return await own.status(of: job, at: endpoint)
    }

    func cancel(_ job: RunPodID, at endpoint: String?) async -> CancelAnswer {
        guard await isDeskAsked() else { return await own.cancel(job, at: endpoint) }
        let answer = await desk.cancel(job)
        switch answer {
        case .taken, .notFound, .throttled: return answer
        case .failed, .notSupported: break
        }
        forgetDesk()
        return await own.cancel(job, at: endpoint)
    }

    func health() async -> HealthAnswer { await own.health() }

    /// Whoever submitted knows at which endpoint; where the server does not answer we ask for ourselves.
    private func isDeskAsked() async -> Bool { (try? await asksDesk(anew: false)) == true }

    /// It did not help: its dashboard may have ended, and our own key must not wait for it to come back.
    private func forgetDesk() { known.withLock { $0 = nil } }

    private func asksDesk(anew: Bool) async throws(PortError) -> Bool {
        if !anew, let answer = known.withLock({ $0 }) { return answer }
        let answer = try await server.hasDesk()
        known.withLock { $0 = answer }
        return answer
    }
}
