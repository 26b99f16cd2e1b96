import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization
public import Training
public import TrainingPorts

/// S3 over HTTP/1.1, signed with Signature Version 4: head, ranged read, list, download, presigned addresses. It only reads.
///
/// Redirects are never followed: a bucket in another region is asked for there, signed anew, once; and the region is remembered.
/// What may pass (`SlowDown`, 5xx, a lost connection) is tried again after growing pauses with chance in them, a few times.
/// `shutdown()` must be called before the last reference goes.
public final class S3Client: Sendable {
    /// How long a call may take and how often it is tried, in real time.
    public struct Patience: Hashable, Sendable {
        public var connect: Duration
        /// For one exchange, body included; for a download, between two pieces.
        public var call: Duration
        /// How often a call is sent at most.
        public var tries: Int
        /// Before the second try; doubled before each further one, up to `longestPause`.
        public var firstPause: Duration
        public var longestPause: Duration

        public init(
            connect: Duration = .seconds(10), call: Duration = .seconds(30), tries: Int = 5,
            firstPause: Duration = .milliseconds(400), longestPause: Duration = .seconds(10)
        ) {
            self.connect = connect
            self.call = call
            self.tries = tries
            self.firstPause = firstPause
            self.longestPause = longestPause
        }
    }

    public let endpoint: S3Endpoint
    let credentials: S3Credentials
    let patience: Patience
    let random: any RandomSource
    /// The wall clock; a simulation's faster time must not be signed.
    let now: @Sendable () -> Timestamp
    let pause: @Sendable (Duration) async throws -> Void
    let http: HTTPClient
    /// Regions that S3 has named, by bucket.
    let regions = Mutex<[String: String]>([:])

    /// - Parameters:
    ///   - now: the wall clock.
    ///   - pause: waits between two tries; another one in tests.
    public init(
        endpoint: S3Endpoint, credentials: S3Credentials, patience: Patience = Patience(), random: any RandomSource,
        now: @escaping @Sendable () -> Timestamp,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0, clock: .continuous) }
    ) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.patience = patience
        self.random = random
        self.now = now
        self.pause = pause
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = .nanoseconds(Int64(patience.connect / .nanoseconds(1)))
        configuration.timeout.read = .nanoseconds(Int64(patience.call / .nanoseconds(1)))
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(configuration: configuration)
    }

    /// Ends all connections. Calls that are under way fail.
    public func shutdown() async {
        // The only error is a second shutdown, which changes nothing.
        try? await http.shutdown()
    }

    /// The region that a bucket is known to be in, or the configured one.
    public func region(of bucket: String) -> String { regions.withLock { $0[bucket] } ?? endpoint.region }

    /// An address with which anybody may read the object for a while, so it is a secret.
    /// - Parameters:
    ///   - method: `GET` or `HEAD`; the address answers no other.
    ///   - expiry: in seconds, 1 to 604,800; temporary credentials end it sooner.
    public func presigned(_ location: S3Location, method: String = "GET", expiry: Int) -> Secret {
        let region = region(of: location.bucket)
        let target = endpoint.target(bucket: location.bucket, key: location.key, region: region)
        let request = CanonicalRequest(
            method: method, path: target.path, query: [], headers: [.init(name: "host", value: target.host)], payload: .unsigned)
        let query = RequestSigner(credentials: credentials, region: region)
            .presignedQuery(request, at: now(), expiry: expiry)
        return Secret("\(target.scheme)://\(target.host)\(request.encodedPath)?\(query)")
    }
}
