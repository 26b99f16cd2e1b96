import AsyncHTTPClient
public import JSONText
import NIOCore
import NIOHTTP1
import Synchronization
public import TrainingPorts

extension RunPodClient {
    /// One POST on a connection of its own, which ends with it: on a kept one, a server that had just closed it could leave the
    /// question open whether the order arrived.
    public func submit(_ request: JSONValue) async -> SubmissionAnswer {
        let body = Array(request.text().utf8)
        guard body.count <= RunPodLimits.requestBytes else {
            return .rejected(status: 413, "the request has \(body.count) bytes, more than the 10 MiB that RunPod takes")
        }
        let secrets = [key] + [request["webhook"]?.string].compactMap(\.self).map { Secret($0) }
        do {
            return try await gates.run.pass { await self.send(body) }.hiding(secrets)
        } catch {
            return .unsent(error == .cancelled ? "cancelled before it was sent" : "held back: too many orders wait to be sent")
        }
    }

    private func send(_ body: [UInt8]) async -> SubmissionAnswer {
        if Task.isCancelled { return .unsent("cancelled before it was sent") }
        let connected = Connected()
        var configuration = RunPodClient.configuration(patience)
        configuration.http1_1ConnectionDebugInitializer = { channel in
            connected.set()
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        let client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
        var order = request(.POST, "run")
        order.headers.add(name: "content-type", value: "application/json")
        order.headers.add(name: "connection", value: "close")
        order.body = .bytes(body, length: .known(Int64(body.count)))
        let answer = await post(order, on: client, connected)
        try? await client.shutdown()
        return answer
    }

    private func post(_ order: HTTPClientRequest, on client: HTTPClient, _ connected: Connected) async -> SubmissionAnswer {
        do {
            return Submission.classified(try await client.exchange(order, within: patience.submission))
        } catch {
            let words = TransportFault.sentence(error, host: host, limit: patience.submission)
            return connected.isSet ? .uncertain(words) : .unsent(words)
        }
    }
}

/// Whether a connection, its TLS handshake included, ever stood.
///
/// It is set before the request is handed to the connection. As long as it is not, no byte of the order can have left: no address,
/// refused, no connection in time, no handshake. A list of error types would have to be trusted with every new version of the library.
private final class Connected: Sendable {
    private let flag = Mutex(false)
    var isSet: Bool { flag.withLock { $0 } }
    func set() { flag.withLock { $0 = true } }
}

extension SubmissionAnswer {
    /// An answer may repeat what was sent; neither the key nor the webhook's token goes further.
    fileprivate func hiding(_ secrets: [Secret]) -> SubmissionAnswer {
        func clean(_ text: String) -> String { secrets.reduce(text) { $1.hidden(in: $0) } }
        return switch self {
        case .accepted: self
        case .unsent(let words): .unsent(clean(words))
        case .throttled(let words, let time): .throttled(clean(words), retryAfter: time)
        case .rejected(let status, let words): .rejected(status: status, clean(words))
        case .uncertain(let words): .uncertain(clean(words))
        }
    }
}
