import AsyncHTTPClient
public import NIOCore
import NIOHTTP1
public import NIOPosix
import Training
public import TrainingPorts

/// RunPod's queue API over HTTP/1.1: one endpoint, one key.
///
/// Redirects are never followed: one would carry the key to another host, or send an order twice. Every call has a time limit that
/// covers its whole exchange, and keeps RunPod's documented rate limits itself. Nothing is repeated here; whether and when to try
/// again is the engine's to decide. `shutdown()` must be called before the last reference goes.
public final class RunPodClient: TrainingGateway {
    /// How long a call may take in all, in real time.
    public struct Patience: Hashable, Sendable {
        public var connect: Duration
        public var call: Duration
        /// For `/run`, whose body may be large and whose answer is worth waiting for.
        public var submission: Duration

        public init(connect: Duration = .seconds(10), call: Duration = .seconds(15), submission: Duration = .seconds(60)) {
            self.connect = connect
            self.call = call
            self.submission = submission
        }
    }

    public static let publicBase = "https://api.runpod.ai/v2"

    public let endpoint: String
    public let carriesLimits = true

    let base: String
    let host: String
    let key: Secret
    let patience: Patience
    let group: any EventLoopGroup
    let client: HTTPClient
    let gates: Gates

    struct Gates: Sendable {
        let run = CallGate(RunPodLimits.run)
        let status = CallGate(RunPodLimits.status)
        let cancel = CallGate(RunPodLimits.cancel)
        let retry = CallGate(RunPodLimits.retry)
        let purge = CallGate(RunPodLimits.purge)
        let health = CallGate(RunPodLimits.health)
    }

    /// - Parameters:
    ///   - base: where the API lies, with its `/v2`; another one in tests and for the simulator.
    ///   - endpoint: the id of the serverless endpoint.
    ///   - group: where the connections are.
    public init(
        base: String = RunPodClient.publicBase, endpoint: String, key: Secret, patience: Patience = Patience(),
        group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup
    ) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.endpoint = endpoint
        self.key = key
        self.patience = patience
        host = RunPodClient.host(of: base)
        self.group = group
        client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: RunPodClient.configuration(patience))
        gates = Gates()
    }

    /// Ends all connections. Calls that are under way fail.
    public func shutdown() async {
        // The only error is a second shutdown, which changes nothing.
        try? await client.shutdown()
    }

    static func configuration(_ patience: Patience) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = .nanoseconds(Int64(patience.connect.inSeconds * 1e9))
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    static func host(of base: String) -> String {
        guard let scheme = base.firstRange(of: "://") else { return "RunPod" }
        return Sentence.oneLine(String(base[scheme.upperBound...].prefix { $0 != "/" }), limit: 80)
    }

    /// - Parameter other: the endpoint to ask in place of ours: that to which the job was sent. What is no endpoint's id but the address of
    ///   a server, through which the job was sent, is passed over: the key at hand is most likely that server's, too.
    func request(_ method: HTTPMethod, _ operation: String, _ job: RunPodID? = nil, at other: String? = nil) -> HTTPClientRequest
    {
        let endpoint = other.flatMap { $0.isEmpty || $0.contains("/") ? nil : $0 } ?? endpoint
        let path = [endpoint, operation, job?.rawValue].compactMap(\.self).map(PathSegment.encoded).joined(separator: "/")
        var request = HTTPClientRequest(url: "\(base)/\(path)")
        request.method = method
        request.headers.add(name: "authorization", value: "Bearer \(key.revealed())")
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "actor-trainer")
        return request
    }
}
