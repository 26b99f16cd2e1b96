import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Training
import TrainingPorts
import TrainingTestSupport

@testable import WebhookListener

/// A listener that runs for the length of one test, with what it was told.
struct RunningListener: Sendable {
    let port: Int
    let key: WebhookKey
    let receiver: RecordingReceiver
    let refusals: Refusals
    let request = RequestID(rawValue: "actor_0019_1760690576817_9f3a5c7e1b2d4f60")

    final class Refusals: Sendable {
        private let sentences = Mutex<[String]>([])
        var all: [String] { sentences.withLock { $0 } }
        func add(_ sentence: String) { sentences.withLock { $0.append(sentence) } }
    }

    /// Starts a listener on a free port, runs the test, and ends the listener.
    static func with(
        limits: WebhookListener.Limits = .init(), _ test: @escaping @Sendable (RunningListener) async throws -> Void
    ) async throws {
        let (key, _) = WebhookKey.fresh()
        let (receiver, refusals) = (RecordingReceiver(), Refusals())
        let listener = WebhookListener(
            key: key, receiver: receiver, limits: limits, isKnown: { $0.rawValue.hasPrefix("actor_0019_") },
            onRefusal: { _, sentence in refusals.add(sentence) })
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run(port: 0) { bound.yield($0) } }
            for await port in ports {
                try await test(RunningListener(port: port, key: key, receiver: receiver, refusals: refusals))
                break
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    var hook: String { "/hook/\(key.token(for: request))" }

    /// Sends a request and gives the whole answer.
    func call(
        _ method: String, _ path: String, type: String? = "application/json", body: String? = nil
    ) async throws -> (status: Int, headers: [String: String], body: String) {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
        var message = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        message.method = .RAW(value: method)
        if let type { message.headers.add(name: "content-type", value: type) }
        if let body { message.body = .bytes(ByteBuffer(string: body)) }
        do {
            let answer = try await client.execute(message, timeout: .seconds(20))
            let text = String(buffer: try await answer.body.collect(upTo: 1 << 20))
            try await client.shutdown()
            let headers = answer.headers.filter { $0.name.lowercased() != "date" }
            return (Int(answer.status.code), Dictionary(headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }), text)
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    /// Sends bytes as they are and gives all that comes back until the other side closes.
    func exchange(_ text: String, at host: String = "127.0.0.1") async throws -> String {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var answer = ""
            // Closed or reset by the other side, before or after its answer: an end as well.
            do {
                try await outbound.write(ByteBuffer(string: text))
                for try await part in inbound { answer += String(buffer: part) }
            } catch is IOError {} catch is ChannelError {}
            return answer
        }
    }
}
