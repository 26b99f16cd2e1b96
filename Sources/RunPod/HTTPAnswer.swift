import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Training

/// An answer that came in whole.
struct HTTPAnswer: Hashable, Sendable {
    var status: Int
    var retryAfter: Seconds?
    var limits: RateLimitHeaders
    var body: [UInt8]

    init(status: Int, retryAfter: Seconds? = nil, headers: HTTPHeaders = [:], body: [UInt8]) {
        self.status = status
        self.retryAfter = retryAfter
        limits = RateLimitHeaders(headers, retryAfter: status == 429 || status == 503 ? retryAfter : nil)
        self.body = body
    }
}

/// The time for a whole exchange, connecting and body included, has passed.
struct DeadlinePassed: Error {}

extension HTTPClient {
    /// One exchange, all of it within a time limit that also covers an answer that trickles in.
    /// - Parameter bodyLimit: a larger answer is an error, not a full memory.
    func exchange(_ request: HTTPClientRequest, within limit: Duration, bodyLimit: Int = 1 << 20) async throws -> HTTPAnswer {
        try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                let response = try await self.execute(request, deadline: .distantFuture)
                let body = try await response.body.collect(upTo: bodyLimit)
                try _Concurrency.Task.checkCancellation()
                return HTTPAnswer(
                    status: Int(response.status.code), retryAfter: response.headers.retryAfter, headers: response.headers,
                    body: Array(body.readableBytesView))
            }
            group.addTask {
                try await _Concurrency.Task.sleep(for: limit, clock: .continuous)
                throw DeadlinePassed()
            }
            guard let answer = try await group.next() else { throw DeadlinePassed() }
            return answer
        }
    }
}

extension HTTPHeaders {
    /// `Retry-After` as a number of seconds; a date is not read, it would need the other side's clock.
    var retryAfter: Seconds? {
        guard let text = first(name: "retry-after"), let value = Double(text), (0...86_400).contains(value) else { return nil }
        return Seconds(value)
    }
}
