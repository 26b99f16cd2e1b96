import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Training
import TrainingPorts

/// The time for a whole exchange, connecting and body included, has passed.
private struct DeadlinePassed: Error {}

extension S3Client {
    /// Sends a call, to the bucket's own region at the second time, and again after a pause where the fault may pass.
    func send(_ call: S3Call) async throws(S3Error) -> S3Answer {
        var tried = 0
        var hasMoved = false
        while true {
            let region = region(of: call.bucket)
            tried += 1
            var fault: S3Error
            switch await exchange(call, region: region) {
            case .answered(let answer): return answer
            case .complained(let complaint):
                if complaint.isAboutRegion, let right = complaint.region, right != region, !hasMoved {
                    hasMoved = true
                    tried -= 1
                    regions.withLock { $0[call.bucket] = right }
                    continue
                }
                fault = complaint.error(about: subject(of: call, region: region))
                guard complaint.isPassing else { throw hidden(fault) }
            case .broken(let error):
                fault = transportFault(error)
                if error is CancellationError { throw fault }
            }
            guard tried < patience.tries else { throw hidden(fault) }
            do { try await pause(length(afterTry: tried)) } catch { throw hidden(fault) }
        }
    }

    func subject(of call: S3Call, region: String) -> S3Complaint.Subject {
        S3Complaint.Subject(name: call.name, bucket: call.bucket, permission: call.permission, region: region, now: now())
    }

    func hidden(_ error: S3Error) -> S3Error {
        S3Error(error.code, credentials.hidden(in: error.message), cause: error.cause)
    }

    /// Twice as long each time, and between half and the whole of that: callers that were turned away together come back apart.
    func length(afterTry tried: Int) -> Duration {
        let whole = min(patience.firstPause * (1 << min(tried - 1, 16)), patience.longestPause)
        let chance = Double(random.next() >> 11) / Double(UInt64(1) << 53)
        return whole * (0.5 + chance / 2)
    }

    private enum Outcome: Sendable {
        case answered(S3Answer)
        case complained(S3Complaint)
        case broken(any Error)
    }

    private func exchange(_ call: S3Call, region: String) async -> Outcome {
        let request = call.request(endpoint, credentials, region: region, at: now())
        do {
            let answer = try await within(patience.call) {
                let response = try await self.http.execute(request, deadline: .distantFuture)
                let isGood = (200..<300).contains(response.status.code)
                let body = try await S3Client.body(
                    of: response, limit: isGood ? call.bodyLimit : 1 << 16, enough: isGood ? call.enough : nil)
                return S3Answer(status: Int(response.status.code), headers: response.headers, body: body)
            }
            guard !(200..<300).contains(answer.status) else { return .answered(answer) }
            return .complained(S3Complaint(status: answer.status, headers: answer.headers, body: answer.body))
        } catch {
            return .broken(error)
        }
    }

    private static func body(of response: HTTPClientResponse, limit: Int, enough: Int?) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in response.body {
            bytes += piece.readableBytesView
            if let enough, bytes.count >= enough { return Array(bytes.prefix(enough)) }
            guard bytes.count <= limit else { throw NIOTooManyBytesError(maxBytes: limit) }
        }
        return bytes
    }

    /// An answer that trickles in is bounded too.
    private func within<Result: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                let result = try await body()
                try _Concurrency.Task.checkCancellation()
                return result
            }
            group.addTask {
                try await _Concurrency.Task.sleep(for: limit, clock: .continuous)
                throw DeadlinePassed()
            }
            guard let result = try await group.next() else { throw DeadlinePassed() }
            return result
        }
    }

    func transportFault(_ error: any Error) -> S3Error {
        let host = endpoint.own?.host ?? "S3"
        let sentence =
            switch error {
            case is DeadlinePassed: "\(host) did not answer in full within \(patience.call.components.seconds) s"
            case is CancellationError: "the call to \(host) was cancelled"
            case is NIOTooManyBytesError: "\(host) answered with more than can be an answer; is it an S3 server?"
            case let error as HTTPClientError where error == .connectTimeout: "\(host) cannot be reached: no connection in time"
            case let error as NIOConnectionError where error.dnsAError != nil || error.dnsAAAAError != nil:
                "the address of \(host) cannot be found; is this machine online, and AWS_REGION or AWS_ENDPOINT_URL_S3 right?"
            case is NIOConnectionError: "\(host) cannot be reached: the connection was refused; check AWS_ENDPOINT_URL_S3"
            default: "the exchange with \(host) failed: \(OneLine.text("\(error)", limit: 120))"
            }
        return S3Error(error is NIOTooManyBytesError ? .invalidAnswer : .unreachable, sentence, cause: error)
    }
}
