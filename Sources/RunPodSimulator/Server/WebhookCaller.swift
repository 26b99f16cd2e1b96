import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Calls webhooks as RunPod does.
struct WebhookCaller: Sendable {
    /// How long an answer is waited for, in real time.
    static let patience = TimeAmount.seconds(10)

    private let client: HTTPClient

    init() {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = .seconds(5)
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(configuration: configuration)
    }

    func shutdown() async { try? await client.shutdown() }

    /// - Returns: whether it was answered with 2xx.
    func make(_ call: WebhookCall) async -> Bool {
        var chance = SystemRandomNumberGenerator()
        let trace = (0..<3).map { _ in
            let hex = String(chance.next(), radix: 16)
            return String(repeating: "0", count: 16 - hex.count) + hex
        }
        var request = HTTPClientRequest(url: call.address)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "user-agent", value: "Go-http-client/2.0")
        request.headers.add(name: "traceparent", value: "00-\(trace[0])\(trace[1])-\(trace[2])-00")
        request.body = .bytes(ByteBuffer(string: call.body))
        do {
            let response = try await client.execute(request, timeout: WebhookCaller.patience)
            _ = try? await response.body.collect(upTo: 1 << 20)
            return (200..<300).contains(response.status.code)
        } catch {
            return false
        }
    }
}
