import AsyncHTTPClient
import JSONText
public import NIOCore
import NIOHTTP1
public import NIOPosix
import Training
public import TrainingPorts

/// RunPod's management API (REST v2 and, for the balance, GraphQL): reads only, never part of an order.
///
/// `api.runpod.io` manages, `api.runpod.ai` runs jobs: one letter apart, same `/v2`. Redirects are not followed; every call but the log
/// has a time limit over its whole exchange. `shutdown()` must be called before the last reference goes.
public final class RunPodManagementClient: EndpointManagement {
    public static let publicBase = "https://api.runpod.io/v2"
    public static let publicGraphQL = "https://api.runpod.io/graphql"

    let endpoint: String
    let base: String
    let graphQL: String
    let host: String
    let key: Secret
    let patience: RunPodClient.Patience
    let client: HTTPClient
    /// A log may be silent for long; its connection is bounded by silence and not by length.
    let logClient: HTTPClient
    let logBeat: LogBeat
    let executor: (any TaskExecutor)?
    let gate = CallGate(RunPodLimits.management)

    /// - Parameters:
    ///   - base: where the REST API lies, with its `/v2`; another one in tests and for the simulator.
    ///   - graphQL: where the GraphQL API lies.
    ///   - logSilence: after so long without a byte, a log's connection is made anew.
    ///   - logUnit: the followed logs are read together, each time after this and once more for each of them, in real time.
    ///   - group: where the connections are.
    ///   - executor: where lines of logs are read; best on the thread of `group`, where no other is woken for them.
    public init(
        base: String = RunPodManagementClient.publicBase, graphQL: String = RunPodManagementClient.publicGraphQL,
        endpoint: String,
        key: Secret, patience: RunPodClient.Patience = RunPodClient.Patience(), logSilence: Duration = .seconds(300),
        logUnit: Duration = .seconds(2), group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup,
        executor: (any TaskExecutor)? = nil
    ) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.graphQL = graphQL
        self.endpoint = endpoint
        self.key = key
        self.patience = patience
        host = RunPodClient.host(of: base)
        client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: RunPodClient.configuration(patience))
        var configuration = RunPodClient.configuration(patience)
        configuration.timeout.read = .nanoseconds(Int64(logSilence.inSeconds * 1e9))
        logClient = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
        self.executor = executor
        logBeat = LogBeat(on: logClient.eventLoopGroup.next(), unit: logUnit)
    }

    /// Ends all connections. Calls that are under way fail.
    public func shutdown() async {
        // The only error is a second shutdown, which changes nothing.
        try? await client.shutdown()
        try? await logClient.shutdown()
    }

    func request(_ method: HTTPMethod, _ url: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url)
        request.method = method
        request.headers.add(name: "authorization", value: "Bearer \(key.revealed())")
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "actor-trainer")
        return request
    }

    func url(_ path: String..., query: [(String, String)] = []) -> String {
        let place = "\(base)/" + path.map(PathSegment.encoded).joined(separator: "/")
        guard !query.isEmpty else { return place }
        return place + "?" + query.map { "\($0)=\(PathSegment.encoded($1))" }.joined(separator: "&")
    }

    /// One exchange, read into a value.
    /// - Parameter read: nil where the body is not what was asked for; `thing` says in the complaint what that was.
    func call<Value>(
        _ request: HTTPClientRequest, for thing: String, _ read: @Sendable (JSONValue) -> Value?
    ) async -> ManagementAnswer<Value> {
        let result: ManagementAnswer<Value>
        do {
            result = try await gate.pass { await self.exchange(request, for: thing, read) }
        } catch {
            return error == .cancelled
                ? .failed("the call was cancelled") : .throttled("held back by our own limit", retryAfter: nil)
        }
        return result
    }

    private func exchange<Value>(
        _ request: HTTPClientRequest, for thing: String, _ read: @Sendable (JSONValue) -> Value?
    ) async -> ManagementAnswer<Value> {
        do {
            let answer = try await client.exchange(request, within: patience.call, bodyLimit: 4 << 20)
            gate.learn(answer.limits)
            guard (200..<300).contains(answer.status) else { return complaint(of: answer) }
            guard let value = read(try JSONValue(parsing: answer.body)) else {
                return .failed("RunPod's answer holds no \(thing) that can be read")
            }
            return .known(value)
        } catch let error as JSONError {
            return .failed("RunPod's answer is \(error)")
        } catch {
            return .failed(TransportFault.sentence(error, host: host, limit: patience.call))
        }
    }

    func complaint<Value>(of answer: HTTPAnswer) -> ManagementAnswer<Value> {
        let words = key.hidden(in: ErrorBody(answer.body).sentence(status: answer.status))
        return switch answer.status {
        case 401, 403: .refused(words)
        case 404, 410: .notFound(words)
        case 429: .throttled(words, retryAfter: answer.retryAfter)
        default: .failed(words)
        }
    }
}
