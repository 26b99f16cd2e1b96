import AsyncHTTPClient
import JSONText
import NIOHTTP1
public import Training
public import TrainingPorts

extension RunPodClient {
    public func status(of job: RunPodID, at endpoint: String?) async -> StatusAnswer {
        switch await call(.GET, "status", job, at: endpoint, gate: gates.status) {
        case .failed(let words), .strayed(let words): return .failed(words)
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

    public func cancel(_ job: RunPodID, at endpoint: String?) async -> CancelAnswer {
        switch await call(.POST, "cancel", job, at: endpoint, gate: gates.cancel) {
        case .failed(let words), .strayed(let words): .failed(words)
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
        case .complained(404, let words, _), .strayed(let words): .notFound(words)
        case .complained(_, let words, _): .failed(words)
        case .answered(let json): .known(EndpointHealth(json))
        }
    }

    enum CallAnswer: Sendable {
        case answered(JSONValue)
        case complained(Int, String, retryAfter: Seconds?)
        /// 404 without the API's own words: a wrong address, or something between us. It says nothing about a job.
        case strayed(String)
        /// Our own limiter did not let it through.
        case held
        case failed(String)
    }

    func call(
        _ method: HTTPMethod, _ operation: String, _ job: RunPodID? = nil, at endpoint: String? = nil, gate: CallGate
    ) async -> CallAnswer {
        do {
            return try await gate.pass { await self.exchange(self.request(method, operation, job, at: endpoint)) }
        } catch {
            return error == .cancelled ? .failed("the call was cancelled") : .held
        }
    }

    private func exchange(_ request: HTTPClientRequest) async -> CallAnswer {
        do {
            let answer = try await client.exchange(request, within: patience.call)
            guard (200..<300).contains(answer.status) else {
                let complaint = ErrorBody(answer.body)
                let words = key.hidden(in: complaint.sentence(status: answer.status))
                if answer.status == 404, complaint.ownMessage == nil { return .strayed("\(words); check RUNPOD_API_BASE") }
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
