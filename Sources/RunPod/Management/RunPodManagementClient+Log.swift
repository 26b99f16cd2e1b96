import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Training
public import TrainingPorts

extension RunPodManagementClient {
    /// How many lines of the past a first connection asks for.
    static let tail = 500
    /// How long a log is read when nobody follows it any more.
    static let lastLook = TimeAmount.milliseconds(200)

    public func followLog(
        of worker: String, after last: String?, _ take: @Sendable ([WorkerLogLine]) async -> Void
    ) async -> LogEnd {
        let basket = LogBasket(logBeat)
        // In a task of its own, which outlives a cancel for a moment: what lies ready is read yet. Of a training that has failed, the last
        // lines are the ones that say why.
        let reader = Task(executorPreference: executor) {
            defer { basket.close() }
            return await self.read(worker, after: last, into: basket)
        }
        return await withTaskCancellationHandler {
            while let lines = await basket.next() { await take(lines) }
            return await reader.value
        } onCancel: {
            basket.hurry()
            logClient.eventLoopGroup.any().scheduleTask(in: RunPodManagementClient.lastLook) { reader.cancel() }
        }
    }

    private func read(_ worker: String, after last: String?, into basket: LogBasket) async -> LogEnd {
        var place = LogPlace(last: last)
        while !Task.isCancelled {
            let pause: Duration
            switch await connect(to: worker, at: &place, basket) {
            case .gone: return .gone
            case .refused(let words): return .refused(words)
            case .ended: pause = place.pauseAfterEnd()
            case .failed(let asked): pause = place.pauseAfterFailure(asked: asked)
            }
            do { try await Task.sleep(for: pause, clock: .continuous) } catch { break }
        }
        return .cancelled
    }

    private enum Connection {
        /// It came about and has ended, by either side.
        case ended
        case gone
        case refused(String)
        case failed(retryAfter: Seconds?)
    }

    private func connect(
        to worker: String, at place: inout LogPlace, _ basket: LogBasket
    ) async -> Connection {
        let query = [("source", "container"), ("tail", String(RunPodManagementClient.tail))]
        var request = request(.GET, url("serverless", endpoint, "workers", worker, "logs", query: query))
        request.headers.replaceOrAdd(name: "accept", value: "text/event-stream")
        if let last = place.last, LogPlace.canBeHeader(last) { request.headers.add(name: "last-event-id", value: last) }
        do {
            let response = try await logClient.execute(request, deadline: .distantFuture)
            gate.learn(RateLimitHeaders(response.headers))
            guard response.status == .ok else { return try await refusal(of: response) }
            var parser = ServerSentEventParser(lastID: place.last)
            for try await piece in response.body {
                var lines: [WorkerLogLine] = []
                for event in parser.feed(piece.readableBytesView) where place.isNew(event.id) {
                    place.came(event.id)
                    lines.append(WorkerLogLine(event))
                }
                place.asked(parser.retry)
                await basket.put(lines)
            }
            return .ended
        } catch let error as HTTPClientError where error == .readTimeout {
            // Silence is no fault: nothing is sent while nothing is logged.
            return .ended
        } catch {
            return .failed(retryAfter: nil)
        }
    }

    private func refusal(of response: HTTPClientResponse) async throws -> Connection {
        let body = try await response.body.collect(upTo: 64 << 10)
        let answer = HTTPAnswer(status: Int(response.status.code), body: Array(body.readableBytesView))
        let complaint: ManagementAnswer<Bool> = complaint(of: answer)
        return switch complaint {
        case .notFound: .gone
        case .refused(let words): .refused(words)
        case .throttled, .failed, .known:
            .failed(
                retryAfter: response.headers.first(name: "retry-after").flatMap { Double($0) }.map {
                    Seconds(min(300, max(0, $0)))
                })
        }
    }
}

/// Where a log is followed, and how long to wait before the next connection.
struct LogPlace {
    private(set) var last: String?
    private var failures = 0
    private var retry: Duration = .seconds(2)

    init(last: String?) { self.last = last }

    mutating func came(_ id: String?) {
        last = id ?? last
        failures = 0
    }

    /// What a server sends again is passed over: ids are times, equal or earlier ones are known.
    func isNew(_ id: String?) -> Bool {
        guard let id, let last, id != last else { return id == nil || last == nil }
        guard let time = Timestamp(parsing: id), let before = Timestamp(parsing: last) else { return true }
        return time > before || (time == before && id > last)
    }

    mutating func asked(_ milliseconds: Int?) {
        if let milliseconds { retry = .milliseconds(min(max(milliseconds, 100), 60_000)) }
    }

    /// A stream that ends without a line is not asked for ever more often.
    mutating func pauseAfterEnd() -> Duration {
        failures += 1
        return failures <= 2 ? retry : growing()
    }

    mutating func pauseAfterFailure(asked: Seconds?) -> Duration {
        failures += 1
        return asked.map { max(.milliseconds($0.milliseconds), .seconds(1)) } ?? growing()
    }

    /// 1 s, 2 s, 4 s … a minute, and up to a quarter more by chance.
    private func growing() -> Duration {
        .seconds(min(60, Double(1 << min(failures - 1, 6)))) * Double.random(in: 1...1.25)
    }

    /// A header's value is visible ASCII.
    static func canBeHeader(_ id: String) -> Bool { id.utf8.allSatisfy { (0x20...0x7E).contains($0) } }
}
