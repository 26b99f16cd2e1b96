public import JSONText
public import Training
public import TrainingPorts

/// RunPod through an Actor Maker server, for those who have no key of their own. The server forwards `input` and `webhook` alone: limits
/// cannot be set, a job cannot be cancelled unless the server is our own, and a 500 says nothing about whether a job was made.
public struct ServerGateway: TrainingGateway {
    let connection: ServerConnection

    public init(connection: ServerConnection) { self.connection = connection }

    public var endpoint: String { connection.base }
    public var carriesLimits: Bool { false }

    /// The server itself waits half a minute for RunPod.
    static let submissionDeadline = Duration.seconds(45)

    public func submit(_ request: JSONValue) async -> SubmissionAnswer {
        do throws(ConnectionFault) {
            let answer = try await connection.exchange(
                .post, "/api/training/start", body: request, deadline: ServerGateway.submissionDeadline, isUnused: true)
            return ServerGateway.submission(answer)
        } catch {
            return error.nothingWasSent
                ? .unsent("Nobody answers at \(connection.base): \(error)")
                : .uncertain("The server's answer was lost: \(error)")
        }
    }

    static func submission(_ answer: ServerAnswer) -> SubmissionAnswer {
        let words = answer.words ?? "the server answered \(answer.status)"
        switch answer.status {
        case 200:
            guard let json = answer.json, let id = json["job_id"]?.string, !id.isEmpty else {
                return .uncertain("The server answered 200 without a job id")
            }
            return .accepted(RunPodID(id), RunPodState(json["status"]?.string ?? "IN_QUEUE"))
        case 429: return .throttled(words, retryAfter: answer.wait)
        // Without the API's own words it is somebody between us who speaks, and who knows what has passed.
        case 400..<500 where answer.status != 408 && answer.words != nil: return .rejected(status: answer.status, words)
        default: return .uncertain(words)
        }
    }

    public func status(of job: RunPodID, at endpoint: String?) async -> StatusAnswer {
        if let obstacle = ServerGateway.obstacle(to: endpoint) { return .failed(obstacle) }
        do throws(ConnectionFault) {
            let answer = try await connection.exchange(.post, "/api/training/status", body: ["jobId": .string(job.rawValue)])
            return ServerGateway.status(answer, of: job)
        } catch {
            return .failed("\(connection.base) did not answer: \(error)")
        }
    }

    public func cancel(_ job: RunPodID, at endpoint: String?) async -> CancelAnswer {
        if let obstacle = ServerGateway.obstacle(to: endpoint) { return .failed(obstacle) }
        do throws(ConnectionFault) {
            let answer = try await connection.exchange(.post, "/api/training/cancel", body: ["jobId": .string(job.rawValue)])
            return ServerGateway.cancellation(answer)
        } catch {
            return .failed("\(connection.base) did not answer: \(error)")
        }
    }

    /// Why a server cannot be asked for a job: it was sent to an endpoint of RunPod's directly, and the server asks at its own. Another
    /// server's address is no obstacle: the same server may have moved to another port.
    private static func obstacle(to endpoint: String?) -> String? {
        guard let endpoint, !endpoint.isEmpty, !endpoint.contains("/") else { return nil }
        return
            "this training was sent to RunPod's endpoint \(endpoint) with a key, and a server asks at its own; set RUNPOD_API_KEY"
    }

    /// No call tells it.
    public func health() async -> HealthAnswer { .notSupported }

    /// Delivers a webhook's body to the server, for a message that did not reach it.
    /// - Returns: what the server made of it, in its own words.
    public func deliver(webhook body: JSONValue) async throws(PortError) -> String {
        let answer = try await connection.post("/api/training-webhook", body)
        guard answer["received"]?.bool == true else { throw connection.notActorMaker("it did not take the webhook") }
        return answer["message"]?.string ?? answer["error"]?.string ?? "received"
    }
}
