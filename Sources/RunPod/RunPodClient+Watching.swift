import AsyncHTTPClient
import JSONText
import NIOHTTP1
public import Training
public import TrainingPorts

extension RunPodClient {
    public func status(of job: RunPodID) async -> StatusAnswer {
        switch await call(.GET, "status", job, gate: gates.status) {
        case .failed(let words): return .failed(words)
        case .held: return .throttled("held back by our own limit of status calls", retryAfter: nil)
        case .complained(401, let words, _), .complained(403, let words, _): return .refused(words)
        case .complained(404, let words, _): return .notFound(words)
        case .complained(429, let words, let retryAfter): return .throttled(words, retryAfter: retryAfter)
        case .complained(_, let words, _): return .failed(words)
        case .answered(let json):
            guard let report = JobAnswer(json)?.report(asked: job) else { return .failed("RunPod's answer has no status") }
            return .known(report.hiding(key))
        }
    }

    public func cancel(_ job: RunPodID) async -> CancelAnswer {
        switch await call(.POST, "cancel", job, gate: gates.cancel) {
        case .failed(let words): .failed(words)
        case .held: .throttled("held back by our own limit of 100 cancellations in 10 s", retryAfter: nil)
        case .complained(404, let words, _): .notFound(words)
        case .complained(429, let words, let retryAfter): .throttled(words, retryAfter: retryAfter)
        case .complained(_, let words, _): .failed(words)
        // The documented answer has a status; one without it was taken all the same, and the next look at the job tells.
        case .answered(let json): .taken(JobAnswer(json)?.observation ?? RunPodObservation(state: .unknown("")))
        }
    }

    public func health() async -> HealthAnswer {
        switch await call(.GET, "health", gate: gates.health) {
        case .failed(let words): .failed(words)
        case .held: .failed("held back by our own limit of health calls")
        case .complained(401, let words, _), .complained(403, let words, _): .refused(words)
        case .complained(404, let words, _): .notFound(words)
        case .complained(_, let words, _): .failed(words)
        case .answered(let json): .known(EndpointHealth(json))
        }
    }

    enum CallAnswer: Sendable {
        case answered(JSONValue)
        case complained(Int, String, retryAfter: Seconds?)
        /// Our own limiter did not let it through.
        case held
        case failed(String)
    }

    func call(_ method: HTTPMethod, _ operation: String, _ job: RunPodID? = nil, gate: CallGate) async -> CallAnswer {
        do {
            return try await gate.pass { await self.exchange(method, operation, job) }
        } catch {
            return error == .cancelled ? .failed("the call was cancelled") : .held
        }
    }

    private func exchange(_ method: HTTPMethod, _ operation: String, _ job: RunPodID?) async -> CallAnswer {
        do {
            let answer = try await client.exchange(request(method, operation, job), within: patience.call)
            guard (200..<300).contains(answer.status) else {
                let words = key.hidden(in: ErrorBody(answer.body).sentence(status: answer.status))
                return .complained(answer.status, words, retryAfter: answer.retryAfter)
            }
            return .answered(try JSONValue(parsing: answer.body))
        } catch let error as JSONError {
            return .failed("RunPod's answer is \(error)")
        } catch {
            return .failed(TransportFault.sentence(error, host: host, limit: patience.call))
        }
    }
}

extension JobReport {
    fileprivate func hiding(_ key: Secret) -> JobReport {
        var report = self
        report.error = error.map(key.hidden)
        return report
    }
}
